// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "region.h"

namespace patchbay::bridge {

/**
 * Takes what RT has to say out of the region and writes it to the log. The messages of an RT process that has died are
 * still there. Any thread but an audio thread.
 */
class RtLog {
 public:
  /** @param plugin the plug-in's name, for the log */
  RtLog(std::string plugin, std::shared_ptr<Region> region);

  /** Writes a few messages, oldest first: a module that complains in every block must not fill the disk. */
  void writeSome() noexcept;

  /** Writes all that there are. */
  void writeAll() noexcept;

 private:
  void write(std::uint32_t most) noexcept;
  void tellLost();

  const std::string plugin_;
  const std::shared_ptr<Region> region_;
  std::mutex mutex_;  ///< one consumer at a time
  std::uint64_t lost_ = 0;
  bool broken_ = false;
};

/** A message as a line: "warning: 3 voices were stolen". Believes nothing that the record says of itself. */
[[nodiscard]] std::string rtLogLine(const std::uint8_t* record, std::uint32_t length);

}  // namespace patchbay::bridge
