// SPDX-License-Identifier: Apache-2.0
#include "content_hash.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace patchbay::bridge {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::size_t kChunk = std::size_t{1} << 20U;

std::uint64_t littleEndian(const std::uint8_t* bytes) noexcept {
  std::uint64_t word;
  std::memcpy(&word, bytes, kWord);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

}  // namespace

void ContentHash::add(const std::uint8_t* bytes, std::size_t count) noexcept {
  length_ += count;
  for (; count >= kWord; bytes += kWord, count -= kWord) {
    mix(littleEndian(bytes));
  }
  if (count > 0) {
    std::uint8_t last[kWord] = {};
    std::memcpy(last, bytes, count);
    mix(littleEndian(last));
  }
}

std::uint64_t ContentHash::finish() noexcept {
  mix(length_);
  return state_;
}

bool hashFile(const std::string& path, std::uint64_t& length, std::uint64_t& hash) {
  // Not blocking: a named pipe in a file's place must not hang a host.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) {
    return false;
  }
  struct stat status = {};
  bool good = fstat(fd, &status) == 0;
  if (good && !S_ISREG(status.st_mode)) {
    errno = EINVAL;
    good = false;
  }
  ContentHash sum;
  length = 0;
  std::vector<std::uint8_t> chunk(good ? kChunk : 0);
  while (good) {
    // Whole chunks: a short read in the middle would shift the words.
    std::size_t have = 0;
    while (have < chunk.size()) {
      const ssize_t got = read(fd, chunk.data() + have, chunk.size() - have);
      if (got > 0) {
        have += static_cast<std::size_t>(got);
      } else if (got == 0) {
        break;
      } else if (errno != EINTR) {
        good = false;
        break;
      }
    }
    sum.add(chunk.data(), have);
    length += have;
    if (have < chunk.size()) {
      break;
    }
  }
  hash = sum.finish();
  const int error = errno;
  close(fd);
  errno = error;
  return good;
}

}  // namespace patchbay::bridge
