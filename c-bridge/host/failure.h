// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace patchbay::host {

/** What the process returns; listed in --help, so that scripts can tell the causes apart. */
enum class ExitStatus : int {
  ok = 0,
  usage = 2,       ///< a wrong command line, or an input named on it that cannot be read
  midiFile = 3,    ///< the MIDI file is missing or not a Standard MIDI File
  pluginFile = 4,  ///< the bundle or its binary cannot be loaded
  pluginRun = 5,   ///< the plug-in failed while it was set up or processing
  output = 6,       ///< a result cannot be written
  audioServer = 7,  ///< there is no JACK, or no server of it
};

/** Ends the run with one sentence for the user: the thing, what was found, what was expected, the remedy. */
class Failure : public std::runtime_error {
 public:
  Failure(ExitStatus status, const std::string& sentence) : std::runtime_error(sentence), status_(status) {}

  [[nodiscard]] ExitStatus status() const noexcept { return status_; }

 private:
  ExitStatus status_;
};

/** Ends the run because of SIGINT or SIGTERM; nothing is written then. */
class Interrupted : public std::exception {
 public:
  explicit Interrupted(int signal) noexcept : signal_(signal) {}

  [[nodiscard]] int signal() const noexcept { return signal_; }
  [[nodiscard]] const char* what() const noexcept override { return "interrupted by a signal"; }

 private:
  int signal_;
};

}  // namespace patchbay::host
