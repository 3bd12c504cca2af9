// SPDX-License-Identifier: Apache-2.0
#include "canvas.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace patchbay::bridge {
namespace {

/** The pixels that something between two coordinates can touch, within 0 and the end. */
struct Span {
  int begin;
  int end;
};

Span spanOf(double from, double to, int end) noexcept {
  const double most = end;
  return {static_cast<int>(std::clamp(std::floor(from), 0.0, most)), static_cast<int>(std::clamp(std::ceil(to), 0.0, most))};
}

/** Not hypot, which is of a newer C library than the oldest that the bridge loads with. */
double lengthOf(double x, double y) noexcept { return std::sqrt(x * x + y * y); }

double distanceToLine(Point p, Point a, Point b) noexcept {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double squared = dx * dx + dy * dy;
  const double along = squared > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0) : 0.0;
  return lengthOf(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

/** How much of a pixel is covered whose middle is so far inside of an edge. */
double coverageAt(double inside) noexcept { return std::clamp(inside + 0.5, 0.0, 1.0); }

}  // namespace

Canvas::Canvas(int width, int height, Colour ground)
    : width_(std::max(width, 0)),
      height_(std::max(height, 0)),
      pixels_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), ground) {}

void Canvas::fillRounded(Point from, Point to, double radius, Colour colour) {
  const double r = std::min({radius, (to.x - from.x) / 2, (to.y - from.y) / 2});
  const Span columns = spanOf(from.x - 1, to.x + 1, width_);
  const Span rows = spanOf(from.y - 1, to.y + 1, height_);
  for (int y = rows.begin; y < rows.end; ++y) {
    for (int x = columns.begin; x < columns.end; ++x) {
      // The distance to the rectangle that is smaller by the radius, whose corners are sharp.
      const double dx = std::max({from.x + r - x - 0.5, x + 0.5 - to.x + r, 0.0});
      const double dy = std::max({from.y + r - y - 0.5, y + 0.5 - to.y + r, 0.0});
      blend(x, y, coverageAt(r - lengthOf(dx, dy)), colour);
    }
  }
}

void Canvas::strokeLines(const std::vector<Point>& pairs, double width, Colour colour) {
  if (pairs.size() < 2) {
    return;
  }
  const double half = width / 2;
  Point low = pairs.front();
  Point high = low;
  for (const Point& point : pairs) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
  }
  const Span columns = spanOf(low.x - half - 1, high.x + half + 1, width_);
  const Span rows = spanOf(low.y - half - 1, high.y + half + 1, height_);
  if (columns.begin >= columns.end || rows.begin >= rows.end) {
    return;
  }
  const auto across = static_cast<std::size_t>(columns.end - columns.begin);
  mask_.assign(across * static_cast<std::size_t>(rows.end - rows.begin), 0.0F);
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
    const Point a = pairs[i];
    const Point b = pairs[i + 1];
    const Span x = spanOf(std::min(a.x, b.x) - half - 1, std::max(a.x, b.x) + half + 1, width_);
    const Span y = spanOf(std::min(a.y, b.y) - half - 1, std::max(a.y, b.y) + half + 1, height_);
    for (int row = y.begin; row < y.end; ++row) {
      float* line = mask_.data() + static_cast<std::size_t>(row - rows.begin) * across;
      for (int column = x.begin; column < x.end; ++column) {
        const Point middle = {column + 0.5, row + 0.5};
        float& cell = line[column - columns.begin];
        cell = std::max(cell, static_cast<float>(coverageAt(half - distanceToLine(middle, a, b))));
      }
    }
  }
  for (int row = rows.begin; row < rows.end; ++row) {
    for (int column = columns.begin; column < columns.end; ++column) {
      const std::size_t at = static_cast<std::size_t>(row - rows.begin) * across + static_cast<std::size_t>(column - columns.begin);
      blend(column, row, static_cast<double>(mask_[at]), colour);
    }
  }
}

void Canvas::blend(int x, int y, double coverage, Colour colour) noexcept {
  if (!(coverage > 0)) {
    return;
  }
  Colour& pixel = pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)];
  Colour mixed = 0;
  for (const unsigned shift : {0U, 8U, 16U}) {
    const double below = (pixel >> shift) & 0xFF;
    const double above = (colour >> shift) & 0xFF;
    mixed |= static_cast<Colour>(std::lround(below + (above - below) * coverage)) << shift;
  }
  pixel = mixed;
}

}  // namespace patchbay::bridge
