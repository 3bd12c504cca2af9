// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "jack_library.h"
#include "live_processor.h"
#include "options.h"
#include "plugin_instance.h"

namespace patchbay::host {

/** One client of a JACK server, from jack_client_open to jack_client_close: its ports, its callbacks, its connections. */
class JackSession {
 public:
  /**
   * Becomes a client and registers a port for each channel of each audio bus, and one for MIDI if the plug-in takes it.
   *
   * @throws Failure with ExitStatus::audioServer if there is no server, or it refuses
   */
  JackSession(const JackLibrary& jack, const Options& options, const PluginInstance& plugin, LiveProcessor& processor);
  ~JackSession();
  JackSession(const JackSession&) = delete;
  JackSession& operator=(const JackSession&) = delete;

  /** Lets the server ask for blocks; main thread, once. */
  void activate();

  /** Makes the connections of the command line that can be made by now and were not made before; main thread. */
  void connect();

  [[nodiscard]] std::string name() const { return jack_.jack_get_client_name(client_); }
  [[nodiscard]] double sampleRate() const { return jack_.jack_get_sample_rate(client_); }
  [[nodiscard]] std::int32_t bufferSize() const { return static_cast<std::int32_t>(jack_.jack_get_buffer_size(client_)); }
  [[nodiscard]] double load() const { return jack_.jack_cpu_load(client_); }
  [[nodiscard]] std::uint64_t xruns() const noexcept { return xruns_.load(std::memory_order_relaxed); }

  /** Whether sample rate or buffer size have changed since the last call. */
  [[nodiscard]] bool takeSetupChanged() noexcept { return setupChanged_.exchange(false, std::memory_order_acq_rel); }
  [[nodiscard]] bool takePortsChanged() noexcept { return portsChanged_.exchange(false, std::memory_order_acq_rel); }

  /** Why the server is gone, once it is. */
  [[nodiscard]] std::optional<std::string> ended() const;

  /** What the server is told of the plug-in's delay, in samples. */
  void setLatency(std::uint32_t samples);

 private:
  std::vector<jack_port_t*> registerPorts(const PluginInstance& plugin, Steinberg::Vst::BusDirections direction);
  [[nodiscard]] jack_port_t* registerPort(const std::string& name, const char* type, unsigned long flags);
  void connectEach(const std::vector<jack_port_t*>& own, const std::string& pattern, unsigned long flags);
  void connectMidi(const std::string& pattern);
  [[nodiscard]] std::vector<std::string> find(const std::string& pattern, const char* type, unsigned long flags) const;
  void connect(const std::string& from, const std::string& to);

  int process(jack_nframes_t frames) noexcept;
  void readMidi(jack_nframes_t frames) noexcept;
  [[nodiscard]] LivePosition position() const noexcept;
  void publishLatency(jack_latency_callback_mode_t mode) noexcept;

  const JackLibrary& jack_;
  const Options& options_;
  LiveProcessor& processor_;
  jack_client_t* client_ = nullptr;
  std::vector<jack_port_t*> inputs_;
  std::vector<jack_port_t*> outputs_;
  jack_port_t* midi_ = nullptr;
  std::size_t mainInputs_ = 0;   ///< channels of the first bus
  std::size_t mainOutputs_ = 0;
  std::vector<float*> inputBuffers_;
  std::vector<float*> outputBuffers_;
  std::set<std::pair<std::string, std::string>> connected_;
  std::atomic<std::uint32_t> latency_{0};
  std::atomic<bool> freewheel_{false};
  std::atomic<std::uint64_t> xruns_{0};
  std::atomic<bool> setupChanged_{false};
  std::atomic<bool> portsChanged_{false};
  char reason_[128] = {};          ///< written before ended_
  std::atomic<bool> ended_{false};
};

/** The ports of a server that the options of play can name, one a line. @throws Failure if there is no server */
[[nodiscard]] std::string listJackPorts(const JackLibrary& jack, const Options& options);

}  // namespace patchbay::host
