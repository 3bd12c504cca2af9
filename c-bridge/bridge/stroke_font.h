// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "canvas.h"

namespace patchbay::bridge {

/**
 * A typeface of lines and arcs, which needs no file and no server and is sharp at any size. It has the letters of the languages that are written
 * in Latin script; what it lacks is shown as a box.
 */
class StrokeFont {
 public:
  /** How a text is drawn. */
  struct Style {
    double size = 12;        ///< the height of a capital letter, in pixels
    double weight = 0.11;    ///< the width of the lines, as a part of that
    Colour colour = 0xFFFFFF;
  };

  /** How wide a text is, in pixels. @param utf8 what is no UTF-8 counts as boxes */
  [[nodiscard]] static double widthOf(std::string_view utf8, const Style& style);

  /** Draws a text. @param at the left end of the line that it stands on */
  static void draw(Canvas& canvas, Point at, std::string_view utf8, const Style& style);

  /** The text, or as much of its beginning as has room with an ellipsis behind it. */
  [[nodiscard]] static std::string fitted(const std::string& utf8, const Style& style, double room);
};

}  // namespace patchbay::bridge
