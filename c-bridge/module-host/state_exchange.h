// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <patchbay/standard.h>

#include "attachment.h"
#include "state_memory.h"

namespace patchbay::modulehost {

/**
 * Control's side of the state: StateExchange in Java. It takes what the host restored, and publishes what is to be saved, under the epoch of
 * what was taken last, so that what could not be read is not overwritten. Of one thread.
 */
class StateExchange {
 public:
  StateExchange(const Attachment& attachment, const Options& options);

  /** What the host has restored since the last call; accept comes after where it can be used. With a sentence in error, it cannot be read. */
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> take(std::string& error);

  /** What was taken last is in use: what is published from now on is newer. */
  void accept();

  /** Whether the host keeps a state that is not in use here. */
  [[nodiscard]] bool isBehind() const noexcept { return seenEpoch_ != epoch_; }

  /** What was taken last is to be taken once more. */
  void again() noexcept { seen_ = 0; }

  /** Whether a state has no room in the region. */
  [[nodiscard]] bool isLarge(const std::vector<std::uint8_t>& state) const noexcept { return state.size() > from_.count; }

  /** Publishes a state, if it is another than the last. Whether it is; with a sentence in error, the last one stays. */
  [[nodiscard]] bool publish(const std::vector<std::uint8_t>& state, std::string& error);

 private:
  /** A memory of the bridge, which is looked for when it is first needed; null with a sentence in error. */
  [[nodiscard]] bridge::StateMemory* memory(std::unique_ptr<bridge::StateMemory>& held, const char* prefix,
                                            std::string& error) const;
  [[nodiscard]] std::uint64_t published() const noexcept;

  const pb_section to_;
  const pb_section from_;
  const pid_t host_;
  const std::string id_;
  std::unique_ptr<bridge::StateMemory> memoryTo_;
  std::unique_ptr<bridge::StateMemory> memoryFrom_;
  bridge::StateReference former_;   ///< what a process before this one has published
  std::vector<std::uint8_t> room_;  ///< for what stands in the region
  std::optional<std::vector<std::uint8_t>> published_;
  std::uint64_t seen_ = 0;
  std::uint64_t seenEpoch_ = 0;
  std::uint64_t epoch_ = 0;
};

}  // namespace patchbay::modulehost
