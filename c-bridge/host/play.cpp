// SPDX-License-Identifier: Apache-2.0
#include "play.h"

#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>
#include <thread>

#include "failure.h"
#include "jack_library.h"
#include "jack_session.h"
#include "live_processor.h"
#include "module.h"
#include "output_file.h"
#include "plugin_instance.h"
#include "state_file.h"
#include "stop_signal.h"

namespace patchbay::host {
namespace {

using namespace Steinberg;
using Clock = std::chrono::steady_clock;

/** How often the main thread looks for what has happened; also the longest silence that a new buffer size costs beside the activation. */
constexpr auto lookInterval = std::chrono::milliseconds(20);
constexpr auto showInterval = std::chrono::milliseconds(200);
constexpr auto serverInterval = std::chrono::milliseconds(500);

/** What a person at the terminal sees, on stderr. */
class Display {
 public:
  explicit Display(bool quiet) : quiet_(quiet), live_(!quiet && isatty(STDERR_FILENO) != 0) {}
  ~Display() { clear(); }
  Display(const Display&) = delete;
  Display& operator=(const Display&) = delete;

  void say(const std::string& sentence) {
    if (!quiet_) {
      clear();
      std::fprintf(stderr, "patchbay-host: %s\n", sentence.c_str());
    }
  }

  /** One line that is written again and again; only where there is a terminal. */
  void show(const LiveReading& reading, const JackSession& session) {
    if (!live_ || Clock::now() < next_) {
      return;
    }
    next_ = Clock::now() + showInterval;
    char level[16] = "silent";
    if (reading.peak > 0) {
      std::snprintf(level, sizeof level, "%.1f dB", 20 * std::log10(static_cast<double>(reading.peak)));
    }
    std::fprintf(stderr, "\r%-9s notes %llu  load %.0f %%  xruns %llu", level,
                 static_cast<unsigned long long>(reading.notes), session.load(),
                 static_cast<unsigned long long>(session.xruns()));
    const auto warn = [](std::uint64_t count, const char* what) {
      if (count > 0) {
        std::fprintf(stderr, "  %s %llu", what, static_cast<unsigned long long>(count));
      }
    };
    warn(reading.processErrors, "failed blocks");
    warn(reading.nonFinite, "samples that are no number");
    warn(reading.eventsDropped, "lost events");
    std::fputs("\x1b[K", stderr);
    std::fflush(stderr);
    shown_ = true;
  }

  [[nodiscard]] bool live() const { return live_; }

 private:
  void clear() {
    if (shown_) {
      std::fputs("\r\x1b[K", stderr);
      shown_ = false;
    }
  }

  bool quiet_;
  bool live_;
  bool shown_ = false;
  Clock::time_point next_;
};

std::string describe(const JackSession& session) {
  return std::to_string(std::llround(session.sampleRate())) + " Hz and blocks of " + std::to_string(session.bufferSize()) +
         " samples";
}

/** The plug-in, and the server that it plays for now. */
class Player {
 public:
  Player(const JackLibrary& jack, const Options& options, PluginInstance& plugin, Display& display)
      : jack_(jack), options_(options), plugin_(plugin), display_(display), processor_(plugin) {}

  void run() {
    session_ = std::make_unique<JackSession>(jack_, options_, plugin_, processor_);
    begin();
    while (requestedStop() == 0) {
      if (session_->ended()) {
        awaitServer();
        continue;
      }
      follow();
      if (display_.live()) {
        display_.show(processor_.read(), *session_);
      }
      std::this_thread::sleep_for(lookInterval);
    }
    end();
  }

 private:
  void begin() {
    activate();
    session_->activate();
    session_->connect();
    display_.say("plays \"" + plugin_.pluginClass().name + "\" with " + describe(*session_) + " as the JACK client \"" +
                 session_->name() + "\"; Ctrl-C ends it");
  }

  void activate() {
    rate_ = session_->sampleRate();
    frames_ = session_->bufferSize();
    processor_.start(rate_, frames_);
    session_->setLatency(plugin_.processor().getLatencySamples());
  }

  /** What a DAW does: the plug-in is deactivated, set up and activated again. */
  void activateAnew() {
    processor_.stop();
    processor_.updateController();
    activate();
  }

  void follow() {
    constexpr std::int32_t anew = Vst::kReloadComponent | Vst::kIoChanged | Vst::kLatencyChanged;
    const std::int32_t asked = plugin_.takeRestartFlags();
    if (session_->takeSetupChanged() && (session_->sampleRate() != rate_ || session_->bufferSize() != frames_)) {
      activateAnew();
      display_.say("plays with " + describe(*session_) + " now");
    } else if ((asked & anew) != 0) {
      activateAnew();
    } else if ((asked & Vst::kMidiCCAssignmentChanged) != 0) {
      processor_.assignMidi();
    }
    if (session_->takePortsChanged()) {
      session_->connect();
    }
  }

  void awaitServer() {
    display_.say("the JACK server has gone (" + *session_->ended() + "); waits for it to come back, with the plug-in as it is");
    xruns_ += session_->xruns();
    processor_.stop();
    processor_.updateController();
    session_.reset();
    while (requestedStop() == 0) {
      std::this_thread::sleep_for(serverInterval);
      try {
        session_ = std::make_unique<JackSession>(jack_, options_, plugin_, processor_);
        begin();
        return;
      } catch (const Failure& failure) {
        if (failure.status() != ExitStatus::audioServer) {
          throw;
        }
        // Not there yet, or gone again.
        processor_.stop();
        session_.reset();
      }
    }
  }

  void end() {
    processor_.stop();
    processor_.updateController();
    xruns_ += session_ ? session_->xruns() : 0;
    session_.reset();
    const LiveReading all = processor_.read();
    display_.say("has played " + std::to_string(all.notes) + " notes; " + std::to_string(xruns_) + " xruns, " +
                 std::to_string(all.processErrors) + " failed blocks, " + std::to_string(all.nonFinite) +
                 " samples that were no number, " + std::to_string(all.eventsDropped) + " lost events");
  }

  const JackLibrary& jack_;
  const Options& options_;
  PluginInstance& plugin_;
  Display& display_;
  LiveProcessor processor_;
  std::unique_ptr<JackSession> session_;
  double rate_ = 0;
  std::int32_t frames_ = 0;
  std::uint64_t xruns_ = 0;
};

void printPorts(const JackLibrary& jack, const Options& options) {
  const std::string ports = listJackPorts(jack, options);
  if (std::fwrite(ports.data(), 1, ports.size(), stdout) != ports.size() || std::fflush(stdout) != 0) {
    throw Failure(ExitStatus::output, "the standard output cannot be written; check where it leads");
  }
}

}  // namespace

void playCommand(const Options& options) {
  const JackLibrary jack;
  if (options.listPorts) {
    printPorts(jack, options);
    return;
  }
  std::vector<char> state;
  std::error_code error;
  if (options.state) {
    if (std::filesystem::exists(*options.state, error)) {
      state = readState(*options.state, "--state");
    }
    // A folder that cannot be written is told now, not after an evening of playing.
    const OutputFile trial(*options.state);
  }
  Display display(options.quiet);
  Module module(options.plugin);
  PluginInstance plugin(module,
                        selectClass(listClasses(module.factory()), options.pluginClass, options.plugin.string()));
  if (!state.empty()) {
    plugin.loadState(state);
  }
  plugin.arrangeBuses();
  Player(jack, options, plugin, display).run();
  if (options.state) {
    writeState(*options.state, plugin.saveState());
    display.say("has saved the state to " + options.state->string());
  }
}

}  // namespace patchbay::host
