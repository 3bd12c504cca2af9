// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include <patchbay/standard.h>

namespace patchbay::modulehost {

/** What the command line says. */
struct Options {
  /** Reads it. False with a sentence in error. */
  [[nodiscard]] bool parse(int argc, char** argv, std::string& error);

  std::string region;   ///< where the region is opened
  std::string id;       ///< 32 hexadecimal digits: descriptors' numbers are reused, ids are not
  std::string bundle;   ///< absolute
  std::string library;  ///< below the bundle
  pid_t host = 0;
  std::uint32_t generation = 0;
  std::vector<std::string> ignored;  ///< options of a JVM, which this is not
};

/** Control's place in an instance's region, from another process: Participant and RoleCell in Java. */
class Attachment {
 public:
  Attachment() = default;
  ~Attachment();
  Attachment(const Attachment&) = delete;
  Attachment& operator=(const Attachment&) = delete;

  /** Maps and checks the region, and takes the role of control. Why that cannot be, or nothing. */
  [[nodiscard]] std::string attach(const Options& options);

  void state(std::int32_t state) noexcept { pb_role_cell_state(own_, state); }
  void message(const std::string& text) noexcept { pb_role_cell_message(own_, text.c_str()); }
  void beat(std::int64_t nanos) noexcept;

  /** Whether the bridge asks this process to end. */
  [[nodiscard]] bool bridgeLeaves() const noexcept;

  pb_region region = {};
  pb_section parameterInfo = {};
  pb_section parameters = {};
  pb_section changes = {};
  pb_section stateToControl = {};
  pb_section stateFromControl = {};
  pb_section counters = {};
  std::uint32_t parameterCount = 0;

 private:
  [[nodiscard]] std::string findSections();

  int fd_ = -1;
  pb_section roles_ = {};
  pb_role* own_ = nullptr;
};

/** Ends this process with its host, however that ends: waits on a pidfd in a thread of its own. Why it cannot, or nothing. */
[[nodiscard]] std::string watchHost(pid_t host);

}  // namespace patchbay::modulehost
