// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace patchbay::host::test {

using Bytes = std::vector<std::uint8_t>;

/** One track; times are deltas in ticks. */
class Track {
 public:
  Track& at(std::uint32_t delta, std::initializer_list<int> message) {
    for (int shift = 21; shift > 0; shift -= 7) {
      if (delta >> shift != 0) {
        bytes_.push_back(static_cast<std::uint8_t>(0x80U | (delta >> shift & 0x7FU)));
      }
    }
    bytes_.push_back(static_cast<std::uint8_t>(delta & 0x7FU));
    for (const int byte : message) {
      bytes_.push_back(static_cast<std::uint8_t>(byte));
    }
    return *this;
  }
  Track& tempo(std::uint32_t delta, int micros) {
    return at(delta, {0xFF, 0x51, 3, micros >> 16, micros >> 8 & 0xFF, micros & 0xFF});
  }
  Track& end(std::uint32_t delta) { return at(delta, {0xFF, 0x2F, 0}); }
  Track& raw(const Bytes& bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }

  [[nodiscard]] const Bytes& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

inline Bytes smf(int format, int division, const std::vector<Track>& tracks) {
  const auto count = static_cast<int>(tracks.size());
  Bytes file = {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, static_cast<std::uint8_t>(format)};
  for (const int value : {count, division}) {
    file.push_back(static_cast<std::uint8_t>(value >> 8));
    file.push_back(static_cast<std::uint8_t>(value & 0xFF));
  }
  for (const Track& track : tracks) {
    const std::size_t length = track.bytes().size();
    for (const int byte : {'M', 'T', 'r', 'k'}) {
      file.push_back(static_cast<std::uint8_t>(byte));
    }
    for (int shift = 24; shift >= 0; shift -= 8) {
      file.push_back(static_cast<std::uint8_t>(length >> shift));
    }
    file.insert(file.end(), track.bytes().begin(), track.bytes().end());
  }
  return file;
}

}  // namespace patchbay::host::test
