// SPDX-License-Identifier: Apache-2.0
#include "stream.h"

#include <algorithm>

namespace patchbay::bridge {

using Steinberg::int32;

namespace {

constexpr std::size_t kPiece = 1 << 16;

}  // namespace

bool readExactly(Steinberg::IBStream& stream, void* target, std::size_t length) {
  auto* at = static_cast<std::uint8_t*>(target);
  while (length > 0) {
    const auto wanted = static_cast<int32>(std::min(length, kPiece));
    int32 got = 0;
    // Some streams answer kResultFalse at their end, others kResultOk and 0 bytes: the number alone decides.
    stream.read(at, wanted, &got);
    if (got <= 0 || got > wanted) {
      return false;
    }
    at += got;
    length -= static_cast<std::size_t>(got);
  }
  return true;
}

bool readExactly(Steinberg::IBStream& stream, std::vector<std::uint8_t>& target, std::size_t length) {
  target.clear();
  while (target.size() < length) {
    const std::size_t piece = std::min(length - target.size(), kPiece);
    target.resize(target.size() + piece);
    if (!readExactly(stream, target.data() + target.size() - piece, piece)) {
      return false;
    }
  }
  return true;
}

bool writeAll(Steinberg::IBStream& stream, const std::vector<std::uint8_t>& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto wanted = static_cast<int32>(std::min(bytes.size() - done, kPiece));
    int32 written = 0;
    const Steinberg::tresult result =
        stream.write(const_cast<std::uint8_t*>(bytes.data() + done), wanted, &written);
    if (result != Steinberg::kResultOk || written <= 0 || written > wanted) {
      return false;
    }
    done += static_cast<std::size_t>(written);
  }
  return true;
}

}  // namespace patchbay::bridge
