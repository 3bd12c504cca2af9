// SPDX-License-Identifier: Apache-2.0
#include "smf_screen.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <string_view>
#include <utility>

#include "failure.h"
#include "text.h"

namespace patchbay::host {
namespace {

constexpr std::uint8_t metaStatus = 0xFF;
constexpr std::uint8_t metaText = 0x01;
constexpr std::uint8_t metaEndOfTrack = 0x2F;
constexpr std::uint8_t metaTempo = 0x51;
constexpr std::uint8_t metaTimeSignature = 0x58;
/** Denominators up to a 64th note; beyond that a time signature is garbage that overflows libsmf's int. */
constexpr std::uint8_t maxDenominatorPower = 6;

std::string hex(std::uint8_t byte) {
  char digits[5];
  std::snprintf(digits, sizeof digits, "0x%02X", static_cast<unsigned>(byte));
  return digits;
}

/** Reads bytes and never past `end`. */
class Cursor {
 public:
  Cursor(const std::vector<std::uint8_t>& file, const std::string& name)
      : file_(file), name_(name), end_(file.size()) {}

  [[noreturn]] void fail(const std::string& what) const {
    throw Failure(ExitStatus::midiFile, name_ + " is not a usable Standard MIDI File: " + what);
  }

  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] std::size_t remaining() const { return end_ - position_; }
  void limitTo(std::size_t length) { end_ = position_ + length; }
  void leaveChunk() {
    position_ = end_;
    end_ = file_.size();
  }

  std::uint8_t peek() { return *bytes(0, 1); }
  std::uint8_t byte() { return *bytes(1, 1); }
  const std::uint8_t* skip(std::size_t count) { return bytes(count, count); }

  std::uint32_t bigEndian(std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      value = value << 8 | byte();
    }
    return value;
  }

  std::uint32_t variableLength() {
    std::uint32_t value = 0;
    for (int count = 0; count < 4; ++count) {
      const std::uint8_t next = byte();
      value = value << 7 | (next & 0x7FU);
      if ((next & 0x80U) == 0) {
        return value;
      }
    }
    fail("a variable-length number at byte " + std::to_string(position_ - 4) + " has more than four bytes");
  }

 private:
  const std::uint8_t* bytes(std::size_t advance, std::size_t needed) {
    if (remaining() < needed) {
      fail("an event or chunk header is cut off at byte " + std::to_string(end_));
    }
    const std::uint8_t* found = file_.data() + position_;
    position_ += advance;
    return found;
  }

  const std::vector<std::uint8_t>& file_;
  const std::string& name_;
  std::size_t position_ = 0;
  std::size_t end_;
};

/** Copies one track, event by event. */
class TrackScreen {
 public:
  TrackScreen(Cursor& in, ScreenedSmf& out) : in_(in), out_(out) {}

  void run() {
    append({'M', 'T', 'r', 'k', 0, 0, 0, 0});
    const std::size_t start = out_.bytes.size();
    bool ended = false;
    while (!ended && in_.remaining() > 0) {
      ended = copyEvent();
    }
    if (!ended) {
      append({0, metaStatus, metaEndOfTrack, 0});
    }
    const std::size_t length = out_.bytes.size() - start;
    for (std::size_t i = 0; i < 4; ++i) {
      out_.bytes[start - 4 + i] = static_cast<std::uint8_t>(length >> (24 - 8 * i));
    }
  }

 private:
  /** @return whether it was the end of the track */
  bool copyEvent() {
    copyDelta();
    if ((in_.peek() & 0x80U) != 0) {
      const std::uint8_t status = in_.byte();
      if (status == metaStatus) {
        return copyMeta();
      }
      if (status >= 0xF0) {
        if (status != 0xF0 || !takeMessage()) {
          dropSystemMessage(status);
        }
        append({metaStatus, metaText, 0});
        return false;
      }
      runningStatus_ = status;
    } else if (runningStatus_ == 0) {
      in_.fail("the data byte " + hex(in_.peek()) + " at byte " + std::to_string(in_.position()) +
               " follows no status byte");
    }
    copyChannelMessage();
    return false;
  }

  void copyDelta() {
    const std::uint32_t delta = in_.variableLength();
    ticks_ += delta;
    if (ticks_ > std::numeric_limits<std::int32_t>::max()) {
      in_.fail("a track lasts " + std::to_string(ticks_) + " ticks, expected at most 2147483647");
    }
    for (int shift = 21; shift > 0; shift -= 7) {
      if (delta >> shift != 0) {
        append({static_cast<std::uint8_t>(0x80U | (delta >> shift & 0x7FU))});
      }
    }
    append({static_cast<std::uint8_t>(delta & 0x7FU)});
  }

  void copyChannelMessage() {
    const std::uint8_t kind = runningStatus_ & 0xF0U;
    append({runningStatus_});
    for (int count = kind == 0xC0 || kind == 0xD0 ? 1 : 2; count > 0; --count) {
      const std::uint8_t data = in_.byte();
      if ((data & 0x80U) != 0) {
        in_.fail("the byte " + hex(data) + " at byte " + std::to_string(in_.position() - 1) + " is in the place of " +
                 "a data byte of the message " + hex(runningStatus_) + ", expected 0x00 to 0x7F");
      }
      append({data});
    }
  }

  bool copyMeta() {
    const std::uint8_t type = in_.byte();
    const std::uint32_t length = in_.variableLength();
    const std::uint8_t* data = in_.skip(length);
    const bool goodTempo = type == metaTempo && length == 3 && (data[0] | data[1] | data[2]) != 0;
    const bool goodTimeSignature =
        type == metaTimeSignature && length == 4 && data[0] != 0 && data[1] <= maxDenominatorPower;
    if (type == metaEndOfTrack) {
      append({metaStatus, metaEndOfTrack, 0});
      return true;
    }
    if (goodTempo || goodTimeSignature) {
      append({metaStatus, type, static_cast<std::uint8_t>(length)});
      out_.bytes.insert(out_.bytes.end(), data, data + length);
    } else {
      append({metaStatus, metaText, 0});
    }
    return false;
  }

  /** Takes a message that ends where its packet does; false for one that goes on in another packet, which has been read all the same. */
  bool takeMessage() {
    const std::uint32_t length = in_.variableLength();
    const std::uint8_t* data = in_.skip(length);
    if (length == 0 || data[length - 1] != 0xF7) {
      return false;
    }
    SystemExclusive message;
    message.tick = static_cast<std::int32_t>(ticks_);
    message.bytes.reserve(length + std::size_t{1});
    message.bytes.push_back(0xF0);
    message.bytes.insert(message.bytes.end(), data, data + length);
    out_.messages.push_back(std::move(message));
    return true;
  }

  void dropSystemMessage(std::uint8_t status) {
    switch (status) {
      case 0xF0:
        break;
      case 0xF7:
        in_.skip(in_.variableLength());
        break;
      case 0xF1:
      case 0xF3:
        in_.skip(1);
        break;
      case 0xF2:
        in_.skip(2);
        break;
      case 0xF6:
      case 0xF8:
      case 0xFA:
      case 0xFB:
      case 0xFC:
      case 0xFE:
        break;
      default:
        in_.fail("the status byte " + hex(status) + " at byte " + std::to_string(in_.position() - 1) +
                 " is undefined in MIDI");
    }
    ++out_.systemMessages;
  }

  void append(std::initializer_list<std::uint8_t> bytes) {
    out_.bytes.insert(out_.bytes.end(), bytes.begin(), bytes.end());
  }

  Cursor& in_;
  ScreenedSmf& out_;
  std::uint8_t runningStatus_ = 0;
  std::uint64_t ticks_ = 0;
};

/** @return the number of tracks that the header announces */
std::uint32_t screenHeader(Cursor& in, ScreenedSmf& out) {
  in.skip(4);
  const std::uint32_t length = in.bigEndian(4);
  if (length < 6 || length > in.remaining()) {
    in.fail("its header is " + std::to_string(length) + " bytes long, expected 6");
  }
  in.limitTo(length);
  const std::uint32_t format = in.bigEndian(2);
  const std::uint32_t tracks = in.bigEndian(2);
  const std::uint32_t division = in.bigEndian(2);
  if (format > 1) {
    in.fail("it has format " + std::to_string(format) + ", expected 0 or 1; export it as format 1");
  }
  if (tracks == 0) {
    in.fail("its header announces 0 tracks, expected at least one");
  }
  if (division == 0 || division > 0x7FFF) {
    in.fail("its times are in " + std::string(division == 0 ? "0 ticks per quarter note" : "SMPTE frames") +
            ", expected ticks per quarter note; export it with a musical time base");
  }
  in.leaveChunk();
  out.bytes = {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, static_cast<std::uint8_t>(format)};
  for (const std::uint32_t value : {tracks, division}) {
    out.bytes.push_back(static_cast<std::uint8_t>(value >> 8));
    out.bytes.push_back(static_cast<std::uint8_t>(value & 0xFFU));
  }
  return tracks;
}

}  // namespace

ScreenedSmf screenSmf(const std::vector<std::uint8_t>& file, const std::string& name) {
  constexpr std::string_view signature = "MThd";
  const std::string_view start(reinterpret_cast<const char*>(file.data()), std::min<std::size_t>(file.size(), 4));
  if (start != signature) {
    throw Failure(ExitStatus::midiFile,
                  name + " is not a Standard MIDI File: it " +
                      (file.empty() ? "is empty" : "starts with " + quotedBytes(start)) + ", expected \"MThd\"");
  }
  Cursor in(file, name);
  ScreenedSmf out;
  const std::uint32_t announced = screenHeader(in, out);
  std::uint32_t found = 0;
  while (found < announced) {
    if (in.remaining() < 8) {
      in.fail("its header announces " + std::to_string(announced) + " tracks, but only " + std::to_string(found) +
              " are there; the file seems cut off");
    }
    const bool track = std::string_view(reinterpret_cast<const char*>(in.skip(4)), 4) == "MTrk";
    const std::uint32_t length = in.bigEndian(4);
    if (length > in.remaining()) {
      in.fail("a chunk at byte " + std::to_string(in.position() - 8) + " claims " + std::to_string(length) +
              " bytes, but " + std::to_string(in.remaining()) + " are left; the file seems cut off");
    }
    in.limitTo(length);
    if (track) {
      TrackScreen(in, out).run();
      ++found;
    }
    in.leaveChunk();
  }
  return out;
}

}  // namespace patchbay::host
