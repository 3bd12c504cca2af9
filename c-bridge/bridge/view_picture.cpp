// SPDX-License-Identifier: Apache-2.0
#include "view_picture.h"

#include <algorithm>

#include "stroke_font.h"

namespace patchbay::bridge {
namespace {

// The colours of the web panel's dark side.
constexpr Colour kGround = 0x14171C;
constexpr Colour kCard = 0x1C2128;
constexpr Colour kRaised = 0x262D37;
constexpr Colour kLine = 0x303844;
constexpr Colour kText = 0xE8ECF1;
constexpr Colour kDim = 0x9AA6B4;
constexpr Colour kAccent = 0x4FD1C5;
constexpr Colour kAccentBright = 0x7FE3D9;
constexpr Colour kAccentDark = 0x38A89D;
constexpr Colour kAccentInk = 0x06231F;
constexpr Colour kWarm = 0xF6AD55;
constexpr Colour kBad = 0xFC8181;
constexpr Colour kGood = 0x68D391;

constexpr double kMargin = 16;
constexpr double kInner = ViewPicture::kWidth - 2 * kMargin;

constexpr double kCardTop = 60;
constexpr double kRowHeight = 26;
constexpr double kLabelAt = kMargin + 30;
constexpr double kTextAt = kMargin + 130;

constexpr double kButtonTop = 182;
constexpr double kButtonWidth = 118;
constexpr double kButtonHeight = 32;
constexpr const char* kButtonText = "Open panel";

constexpr double kNormal = 0.125;  ///< the weight of lines
constexpr double kStrong = 0.15;

Colour colourOf(ViewContent::Mood mood) noexcept {
  switch (mood) {
    case ViewContent::Mood::good: return kGood;
    case ViewContent::Mood::uneasy: return kWarm;
    case ViewContent::Mood::bad: return kBad;
    case ViewContent::Mood::idle: break;
  }
  return kDim;
}

}  // namespace

bool ViewContent::operator==(const ViewContent& other) const {
  return name == other.name && maker == other.maker && rows == other.rows && message == other.message &&
         buttonEnabled == other.buttonEnabled && buttonHovered == other.buttonHovered &&
         buttonPressed == other.buttonPressed && focused == other.focused;
}

ViewPicture::ViewPicture(int width, int height)
    : width_(width),
      height_(height),
      scale_(std::min(static_cast<double>(width) / kWidth, static_cast<double>(height) / kHeight)),
      left_((width - kWidth * scale_) / 2),
      top_((height - kHeight * scale_) / 2) {}

bool ViewPicture::isButton(Point at) const noexcept {
  const Point from = place(kMargin, kButtonTop);
  const Point to = place(kMargin + kButtonWidth, kButtonTop + kButtonHeight);
  return at.x >= from.x && at.x < to.x && at.y >= from.y && at.y < to.y;
}

void ViewPicture::drawText(Canvas& canvas, Point at, double room, const std::string& text, double size, Colour colour,
                           double weight) const {
  const StrokeFont::Style style = {size * scale_, weight, colour};
  StrokeFont::draw(canvas, at, StrokeFont::fitted(text, style, room * scale_), style);
}

void ViewPicture::drawRow(Canvas& canvas, double y, const ViewContent::Row& row) const {
  const double line = y + kRowHeight / 2 + 4.2;
  canvas.fillRounded(place(kMargin + 13, line - 8), place(kMargin + 21, line), 4 * scale_, colourOf(row.mood));
  drawText(canvas, place(kLabelAt, line), kTextAt - kLabelAt - 6, row.label, 8.4, kDim, kNormal);
  drawText(canvas, place(kTextAt, line), kMargin + kInner - kTextAt - 8, row.text, 8.4, kText, kNormal);
}

void ViewPicture::drawButton(Canvas& canvas, const ViewContent& content) const {
  const Point from = place(kMargin, kButtonTop);
  const Point to = place(kMargin + kButtonWidth, kButtonTop + kButtonHeight);
  if (content.focused) {
    const double ring = 3 * scale_;
    canvas.fillRounded({from.x - ring, from.y - ring}, {to.x + ring, to.y + ring}, 10 * scale_, kText);
    canvas.fillRounded({from.x - ring / 2, from.y - ring / 2}, {to.x + ring / 2, to.y + ring / 2}, 8.5 * scale_, kGround);
  }
  Colour face = kAccent;
  if (!content.buttonEnabled) {
    face = kRaised;
  } else if (content.buttonPressed && content.buttonHovered) {
    face = kAccentDark;
  } else if (content.buttonHovered) {
    face = kAccentBright;
  }
  canvas.fillRounded(from, to, 7 * scale_, face);
  const StrokeFont::Style style = {9.4 * scale_, kStrong, content.buttonEnabled ? kAccentInk : kDim};
  const double width = StrokeFont::widthOf(kButtonText, style);
  StrokeFont::draw(canvas, {(from.x + to.x - width) / 2, (from.y + to.y + style.size) / 2}, kButtonText, style);
}

Canvas ViewPicture::draw(const ViewContent& content) const {
  Canvas canvas(width_, height_, kGround);
  drawText(canvas, place(kMargin, 34), kInner, content.name, 15, kText, kStrong);
  drawText(canvas, place(kMargin, 51), kInner, content.maker, 8, kDim, kNormal);
  const double cardBottom = kCardTop + kRowHeight * static_cast<double>(content.rows.size()) + 8;
  canvas.fillRounded(place(kMargin, kCardTop), place(kMargin + kInner, cardBottom), 9 * scale_, kLine);
  canvas.fillRounded(place(kMargin + 1, kCardTop + 1), place(kMargin + kInner - 1, cardBottom - 1), 8 * scale_, kCard);
  double y = kCardTop + 4;
  for (const ViewContent::Row& row : content.rows) {
    drawRow(canvas, y, row);
    y += kRowHeight;
  }
  drawButton(canvas, content);
  const double at = kMargin + kButtonWidth + 14;
  drawText(canvas, place(at, kButtonTop + kButtonHeight / 2 + 4), kMargin + kInner - at, content.message, 8, kDim, kNormal);
  return canvas;
}

}  // namespace patchbay::bridge
