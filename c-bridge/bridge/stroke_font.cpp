// SPDX-License-Identifier: Apache-2.0
#include "stroke_font.h"

#include <cmath>
#include <cstdlib>

#include "stroke_glyphs.h"

namespace patchbay::bridge {
namespace {

constexpr double kCapital = 10;
constexpr double kMarkRise = 2.9;  ///< how much higher a mark stands above a capital

/** The angle in degrees between the corners of what stands for an arc. */
constexpr double kArcStep = 15;

constexpr char32_t kEllipsis = U'…';
constexpr const char* kEllipsisText = "…";

/** Takes the first character off; what is no UTF-8 counts as one of a byte. */
char32_t takeCharacter(std::string_view& text) noexcept {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t more = first < 0x80 ? 0 : first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 4;
  char32_t character = more == 0 ? first : first & (0x3FU >> more);
  bool whole = more < 4 && text.size() > more;
  for (std::size_t i = 1; whole && i <= more; ++i) {
    whole = (byte(i) & 0xC0) == 0x80;
    character = (character << 6) | (byte(i) & 0x3FU);
  }
  text.remove_prefix(whole ? more + 1 : 1);
  return whole ? character : boxGlyph().character;
}

const StrokeGlyph& glyphOf(char32_t character) noexcept {
  const MarkedLetter* marked = findMarked(character);
  const StrokeGlyph* found = findGlyph(marked != nullptr ? marked->letter : character);
  return found != nullptr ? *found : boxGlyph();
}

/** Reads the numbers behind a path's letter. */
void readNumbers(const char*& at, double* numbers, int count) {
  for (int i = 0; i < count; ++i) {
    char sign = 1;
    at += *at == ',' ? 1 : 0;
    if (*at == '-') {
      sign = -1;
      ++at;
    }
    double value = 0;
    double place = 1;
    bool fraction = false;
    // Not strtod, whose decimal point is that of the host's locale.
    for (; (*at >= '0' && *at <= '9') || *at == '.'; ++at) {
      if (*at == '.') {
        fraction = true;
        continue;
      }
      value = value * 10 + (*at - '0');
      place = fraction ? place * 10 : place;
    }
    numbers[i] = sign * value / place;
  }
}

/** The lines of a path, as pairs of points. */
class Lines {
 public:
  Lines(Point origin, double scale, std::vector<Point>& pairs) : origin_(origin), scale_(scale), pairs_(pairs) {}

  void add(const char* path, Point shift) {
    double n[6] = {};
    pen_ = false;
    for (const char* at = path; *at != 0;) {
      const char letter = *at++;
      if (letter == 'M') {
        pen_ = false;
      }
      if (letter == 'L' || (letter == 'M' && *at != 'A')) {
        readNumbers(at, n, 2);
        goTo({n[0] + shift.x, n[1] + shift.y});
      } else if (letter == 'A') {
        readNumbers(at, n, 6);
        const double turn = n[5] - n[4];
        const int steps = std::max(1, static_cast<int>(std::ceil(std::fabs(turn) / kArcStep)));
        for (int i = 0; i <= steps; ++i) {
          const double angle = (n[4] + turn * i / steps) * M_PI / 180;
          goTo({n[0] + shift.x + n[2] * std::cos(angle), n[1] + shift.y + n[3] * std::sin(angle)});
        }
      }
    }
  }

 private:
  void goTo(Point to) {
    const Point here = {origin_.x + to.x * scale_, origin_.y - to.y * scale_};
    if (pen_) {
      pairs_.push_back(last_);
      pairs_.push_back(here);
    }
    pen_ = true;
    last_ = here;
  }

  Point origin_;
  double scale_;
  std::vector<Point>& pairs_;
  Point last_;
  bool pen_ = false;
};

/** Whether a letter is as high as a capital, so that its marks stand higher. */
bool isHigh(char32_t letter) noexcept { return letter >= U'A' && letter <= U'Z'; }

bool isBelow(char32_t mark) noexcept { return mark == U'\u0327' || mark == U'\u0328'; }

}  // namespace

double StrokeFont::widthOf(std::string_view utf8, const Style& style) {
  double width = 0;
  while (!utf8.empty()) {
    width += glyphOf(takeCharacter(utf8)).advance;
  }
  return width * style.size / kCapital;
}

void StrokeFont::draw(Canvas& canvas, Point at, std::string_view utf8, const Style& style) {
  const double scale = style.size / kCapital;
  std::vector<Point> pairs;
  while (!utf8.empty()) {
    const char32_t character = takeCharacter(utf8);
    const StrokeGlyph& glyph = glyphOf(character);
    pairs.clear();
    Lines lines(at, scale, pairs);
    lines.add(glyph.path, {});
    if (const MarkedLetter* marked = findMarked(character); marked != nullptr) {
      const double rise = isHigh(marked->letter) && !isBelow(marked->mark) ? kMarkRise : 0;
      lines.add(glyphOf(marked->mark).path, {glyph.advance / 2, rise});
    }
    canvas.strokeLines(pairs, style.size * style.weight, style.colour);
    at.x += glyph.advance * scale;
  }
}

std::string StrokeFont::fitted(const std::string& utf8, const Style& style, double room) {
  if (widthOf(utf8, style) <= room) {
    return utf8;
  }
  const double scale = style.size / kCapital;
  double left = room - glyphOf(kEllipsis).advance * scale;
  std::string_view rest = utf8;
  std::size_t kept = 0;
  while (!rest.empty()) {
    left -= glyphOf(takeCharacter(rest)).advance * scale;
    if (left < 0) {
      break;
    }
    kept = utf8.size() - rest.size();
  }
  return utf8.substr(0, kept) + kEllipsisText;
}

}  // namespace patchbay::bridge
