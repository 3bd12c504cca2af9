// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "fork_guard.h"
#include "launcher.h"

namespace patchbay::bridge {

/** Whether a panel is served, as its files in the runtime folder say. */
struct PanelState {
  bool reachable = false;  ///< there is a socket at which its address is asked for
  std::string served;      ///< "127.0.0.1:PORT" once somebody has asked; else empty
};

[[nodiscard]] PanelState panelState(const std::string& regionId);

/**
 * Asks an instance's control process for the address of its panel and opens that in the user's browser, on a thread of its own: what serves the panel
 * may take a moment to start. The browser is given a file that leads to the address, which only this user can read, since all users can
 * read a command line. Making, asking and ending do not wait for control. In a
 * fork of the host it does nothing.
 */
class PanelVisit {
 public:
  /** Throws where no thread can be had. */
  explicit PanelVisit(std::string regionId);

  /** Breaks it off; a browser that was opened stays. */
  ~PanelVisit();
  PanelVisit(const PanelVisit&) = delete;
  PanelVisit& operator=(const PanelVisit&) = delete;

  /** What has become of it, in a sentence; empty as long as nothing is known. Any thread. */
  [[nodiscard]] std::string outcome() const;

  /** Whether there is nothing left to be done. */
  [[nodiscard]] bool over() const;

 private:
  struct Shared;

  ForkGuard guard_;
  const std::shared_ptr<Shared> shared_;  ///< also held by whoever hears of the browser's end
  const std::shared_ptr<Launcher> launcher_;
  int event_;
  std::thread thread_;
};

}  // namespace patchbay::bridge
