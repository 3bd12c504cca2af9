// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "canvas.h"

namespace patchbay::bridge {

/** What the view shows. */
struct ViewContent {
  /** How something is, by the colour of its dot. */
  enum class Mood { idle, good, uneasy, bad };

  struct Row {
    std::string label;
    std::string text;
    Mood mood = Mood::idle;

    [[nodiscard]] bool operator==(const Row& other) const {
      return label == other.label && text == other.text && mood == other.mood;
    }
  };

  std::string name;
  std::string maker;
  std::array<Row, 4> rows;
  std::string message;  ///< beside the button
  bool buttonEnabled = false;
  bool buttonHovered = false;
  bool buttonPressed = false;
  bool focused = false;

  [[nodiscard]] bool operator==(const ViewContent& other) const;
};

/** Where things are in the view, and how they look. Everything grows with the window, and keeps its shape. */
class ViewPicture {
 public:
  /** The size at which one unit is one pixel. */
  static constexpr int kWidth = 400;
  static constexpr int kHeight = 230;

  ViewPicture(int width, int height);

  [[nodiscard]] Canvas draw(const ViewContent& content) const;

  [[nodiscard]] bool isButton(Point at) const noexcept;

 private:
  [[nodiscard]] Point place(double x, double y) const noexcept { return {left_ + x * scale_, top_ + y * scale_}; }
  void drawText(Canvas& canvas, Point at, double room, const std::string& text, double size, Colour colour, double weight) const;
  void drawRow(Canvas& canvas, double y, const ViewContent::Row& row) const;
  void drawButton(Canvas& canvas, const ViewContent& content) const;

  int width_;
  int height_;
  double scale_;
  double left_;
  double top_;
};

}  // namespace patchbay::bridge
