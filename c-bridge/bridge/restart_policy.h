// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

namespace patchbay::bridge {

/**
 * When a process that ended unexpectedly is started again: at once after the first end, later after the next ones, and not at all
 * after too many. Those who share a process share its policy. Any thread but an audio thread.
 */
class RestartPolicy {
 public:
  /** Ends further back than this are forgotten. */
  static constexpr int kWindowSeconds = 120;

  /** This many ends within the window, and the process is not started again. */
  static constexpr int kMostEnds = 6;

  struct Decision {
    bool again;            ///< whether to start it again
    std::int64_t at;       ///< when; CLOCK_MONOTONIC in nanoseconds
    bool first;            ///< whether this is the first to ask about this end
    std::uint64_t number;  ///< counts the decisions, from 1
  };

  /**
   * What to do after an end. It is counted once, however many ask about it and however late: those who share a process ask about the
   * same one, and where it cannot be started, each of them has tried in vain after the same decision.
   *
   * @param process which process has ended: its pid; 0 for an attempt that never became one
   * @param obeyed the number of the decision that led to the attempt, 0 for none; counts only where process is 0
   * @param now CLOCK_MONOTONIC in nanoseconds
   */
  [[nodiscard]] Decision ended(std::int32_t process, std::uint64_t obeyed, std::int64_t now);

  /** Forgets all ends: somebody asks for the process anew. */
  void forgive();

 private:
  /** An end within the window. Whoever is late asks about it after others have asked about the next one. */
  struct End {
    std::int32_t process;
    std::uint64_t obeyed;
    std::int64_t told;
  };

  std::mutex mutex_;
  std::vector<End> ends_;
  Decision newest_ = {true, 0, true, 0};
};

}  // namespace patchbay::bridge
