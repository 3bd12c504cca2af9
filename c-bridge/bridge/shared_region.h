// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/** A memfd that can be sealed and from which nothing is executed; -1 with errno set where there is none. */
[[nodiscard]] int makeMemory(const std::string& name);

/** When a process began, in clock ticks since boot: field 22 of /proc/PID/stat. 0 where it cannot be read. */
[[nodiscard]] std::uint64_t processStartTime(int pid);

/**
 * Shared memory as its creator holds it: a sealed memfd with a copy of an image, mapped here, with a section of roles. Sections
 * are looked up before any other process can write to the region, so their numbers are trusted.
 */
class SharedRegion {
 public:
  virtual ~SharedRegion();
  SharedRegion(const SharedRegion&) = delete;
  SharedRegion& operator=(const SharedRegion&) = delete;

  /** The random id, 32 hexadecimal digits. */
  [[nodiscard]] const std::string& id() const noexcept { return id_; }

  /** The same as the two words of the header. */
  [[nodiscard]] const std::uint64_t* idWords() const noexcept { return instanceId_; }

  /** Our descriptor, by which other processes open it. */
  [[nodiscard]] int descriptor() const noexcept { return fd_; }

  /** Where other processes open it: /proc/PID/fd/N of this process. */
  [[nodiscard]] std::string path() const;

  [[nodiscard]] pb_role* role(std::uint32_t number) const noexcept;

  /** Makes a role's cell one that nobody serves in. Its owner must have ended, or let go of it: so nobody else writes it. */
  void vacate(std::uint32_t number) const noexcept;

  /** A role's state, if it is this process that says so; acquire: its message and all else in its cell are seen. */
  [[nodiscard]] std::int32_t roleState(std::uint32_t number, pid_t pid) const noexcept;

  /** The role's own words, whole, and made fit for one line. */
  [[nodiscard]] std::string roleMessage(std::uint32_t number) const;

  pb_section roles = {};

 protected:
  SharedRegion() = default;

  /** Makes the memory; why it cannot be had, or nothing. The prefix of its name tells people what it is. */
  [[nodiscard]] std::string make(const char* prefix, const std::vector<std::uint8_t>& image);

  /** Fills the bridge's own cell in, once the roles are found. */
  void takePart() noexcept;

  pb_region region_ = {};

 private:
  void fill(const std::vector<std::uint8_t>& image);

  int fd_ = -1;
  std::uint64_t instanceId_[2] = {};
  std::string id_;
};

}  // namespace patchbay::bridge
