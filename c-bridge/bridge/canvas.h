// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace patchbay::bridge {

/** 0xRRGGBB. */
using Colour = std::uint32_t;

/** A point in pixels; y grows downwards, and the first pixel's middle is at 0.5. */
struct Point {
  double x = 0;
  double y = 0;
};

/** Rows of pixels in memory, and what is drawn into them with soft edges. What lies outside of it is not drawn. */
class Canvas {
 public:
  Canvas(int width, int height, Colour ground);

  [[nodiscard]] int width() const noexcept { return width_; }
  [[nodiscard]] int height() const noexcept { return height_; }

  /** Row by row from the top. */
  [[nodiscard]] const std::vector<Colour>& pixels() const noexcept { return pixels_; }

  /** A rectangle whose corners are quarters of a circle. */
  void fillRounded(Point from, Point to, double radius, Colour colour);

  /** The lines between points, each pair a line of its own, all of one width with round ends. */
  void strokeLines(const std::vector<Point>& pairs, double width, Colour colour);

 private:
  void blend(int x, int y, double coverage, Colour colour) noexcept;

  int width_;
  int height_;
  std::vector<Colour> pixels_;
  std::vector<float> mask_;  ///< of the lines that are being drawn, so that they do not darken where they meet
};

}  // namespace patchbay::bridge
