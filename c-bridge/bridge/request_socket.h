// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace patchbay::bridge {

/** A descriptor that is closed with its owner. */
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  /** -1: none. */
  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_;
};

/**
 * A socket in the user's runtime folder, for this user alone, by which the command line reaches a process. A request is lines of text up to an
 * empty one; then comes the answer, and the connection ends.
 */
class RequestSocket {
 public:
  /** Listens under this name in the folder. Why that cannot be, or nothing. */
  [[nodiscard]] std::string open(const std::string& name);

  /** A connection of this user; without one, at once a descriptor of -1. */
  [[nodiscard]] Descriptor accept() const;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  /** What becomes readable when there is a connection. */
  [[nodiscard]] int descriptor() const noexcept { return listening_.get(); }

 private:
  Descriptor listening_{-1};
  std::string path_;
};

/** The lines of a request; none where it does not come whole, within two seconds. */
[[nodiscard]] std::vector<std::string> readLines(int fd);

/** Sends an answer; where nobody reads it any more, not all of it. */
void sendAll(int fd, const std::string& text);

}  // namespace patchbay::bridge
