// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "fork_guard.h"

namespace patchbay::bridge {

/**
 * Copies of jars that engines run, in a folder of their own below the runtime folder: a build may delete or overwrite what was copied, and
 * engines that are started later still find it. The folder is there as long as somebody holds this.
 *
 * It is locked (flock) by this process. Where the process is killed its lock goes with it, and whoever sweeps next removes the folder. A pid in
 * the name would not do: programs in other containers use the same runtime folder, and their pids are others. Any thread but an audio
 * thread.
 */
class JarCopies {
 public:
  /**
   * Copies jars as they are now, in their order.
   *
   * @param jars absolute paths, at least one
   * @return null with a sentence in error where one cannot be read, is not complete or changes meanwhile, or the copies find no place
   */
  static std::shared_ptr<const JarCopies> make(const std::vector<std::string>& jars, std::string& error);

  /** Removes what processes that are no more have left. */
  static void sweep();

  /** Removes the files. */
  ~JarCopies();

  JarCopies(const JarCopies&) = delete;
  JarCopies& operator=(const JarCopies&) = delete;

  /** Absolute, in the order in which they were given; each has the name of what was copied. */
  [[nodiscard]] const std::vector<std::string>& paths() const noexcept { return paths_; }

  /** Whether both have the same bytes under the same names. */
  [[nodiscard]] bool sameAs(const JarCopies& other) const;

 private:
  JarCopies(std::string folder, int lock) : folder_(std::move(folder)), lock_(lock) {}

  [[nodiscard]] std::string copy(const std::string& jar);

  ForkGuard guard_;
  const std::string folder_;
  const int lock_;  ///< a descriptor of the folder, locked
  std::vector<std::string> paths_;
};

/** The jars that come before a bundle's own on an engine's class path; null for none. */
using Jars = std::shared_ptr<const JarCopies>;

/** Whether a file is an archive with its directory at its end: one that is still being written is not. */
[[nodiscard]] bool isCompleteJar(const std::string& path);

}  // namespace patchbay::bridge
