// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "parameters.h"
#include "plugin_image.h"
#include "region.h"
#include "state_container.h"
#include "state_memory.h"

namespace patchbay::bridge {

/**
 * The state of an instance: the host's exact parameter values, and control's bytes. It outlives the region, so that
 * state is loaded and saved before anything was activated and after everything ended.
 */
class StateStore {
 public:
  explicit StateStore(std::shared_ptr<const PluginImage> image);

  /** The values that the host and the plug-in agreed on last. Any thread, the audio thread included. */
  ParameterValues values;

  /** Composes the state of now. Any thread but the audio thread. */
  [[nodiscard]] State current();

  /** Replaces everything and tells the processes, if there are any. Any thread but the audio thread. */
  void replace(State state);

  /** From now on changes are published in this region. */
  void connect(const std::shared_ptr<Region>& region);

  /** Publishes all values once more, so that RT starts from them. */
  void publishValues();

  /** Publishes control's last bytes, if there are any, so that a fresh control process starts from them. */
  void publishBlob();

  /** Whether control has bytes to take that it has not answered yet. */
  [[nodiscard]] bool controlOwesAnswer();

  /** Keeps control's last bytes and lets go of the region. */
  void disconnect();

  /**
   * Whether control has changed its bytes by itself since they were composed or replaced, or since this was last asked. What it makes of bytes that it
   * was given is no change. Any thread but the audio thread.
   */
  [[nodiscard]] bool takeBlobChange();

  /**
   * A number that is odd while all values are being replaced and differs before and after. RT's answer to an earlier
   * request speaks of the values before, and must not overwrite the new ones. The audio thread.
   */
  [[nodiscard]] std::uint64_t replacements() const noexcept { return replacements_.load(std::memory_order_seq_cst); }

 private:
  void publishLocked();
  void publishBlobLocked();
  void readBlobLocked();
  void takeBlobLocked(std::uint64_t epoch, std::vector<std::uint8_t> bytes);

  const std::shared_ptr<const PluginImage> image_;
  std::atomic<std::uint64_t> replacements_{0};
  std::mutex mutex_;
  std::shared_ptr<Region> region_;
  std::vector<pb_parameter_change> changes_;  ///< one for each cell of the section
  std::uint32_t transaction_ = 0;
  std::vector<std::uint8_t> blob_;
  std::vector<std::uint8_t> room_;  ///< for reading control's bytes
  std::uint64_t read_ = 0;          ///< the number of control's publication that was read last
  std::unique_ptr<StateMemory> fromControl_;  ///< for states that have no room in the region
  std::unique_ptr<StateMemory> toControl_;    ///< likewise; null until there is one
  std::uint64_t epoch_ = 0;         ///< of the bytes that control must have seen
  std::uint64_t blobEpoch_ = 0;     ///< of those that it has published last
  bool blobKnown_ = false;          ///< whether it has published any since the region is connected
  bool blobChanged_ = false;        ///< see takeBlobChange
};

}  // namespace patchbay::bridge
