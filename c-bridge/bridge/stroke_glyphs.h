// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace patchbay::bridge {

/**
 * A character as lines and arcs. y grows upwards from the line that letters stand on; a capital is 10 high, a small letter 7.
 *
 * <pre>
 *   Mx,y            begins a line
 *   Lx,y            goes on to there
 *   Ax,y,rx,ry,f,t  goes on along an ellipse about x,y from f to t degrees, against the clock from the right; begins one after M
 * </pre>
 */
struct StrokeGlyph {
  char32_t character;
  double advance;
  const char* path;
};

/** A letter with a mark: the letter's glyph, and that of the mark above or below its middle. */
struct MarkedLetter {
  char32_t character;
  char32_t letter;
  char32_t mark;
};

/** The glyph of a character; null where there is none. */
[[nodiscard]] const StrokeGlyph* findGlyph(char32_t character) noexcept;

/** Of what a character is composed; null where it is not. */
[[nodiscard]] const MarkedLetter* findMarked(char32_t character) noexcept;

/** For what has no glyph. */
[[nodiscard]] const StrokeGlyph& boxGlyph() noexcept;

}  // namespace patchbay::bridge
