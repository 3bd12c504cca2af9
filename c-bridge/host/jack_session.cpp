// SPDX-License-Identifier: Apache-2.0
#include "jack_session.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "failure.h"
#include "text.h"

namespace patchbay::host {
namespace {

using namespace Steinberg;

std::string serverName(const Options& options) {
  if (!options.server.empty()) {
    return options.server;
  }
  const char* fromEnvironment = std::getenv("JACK_DEFAULT_SERVER");
  return fromEnvironment != nullptr ? fromEnvironment : "default";
}

jack_client_t* openClient(const JackLibrary& jack, const std::string& name, const std::string& server) {
  // Never one that we would start: whose settings would it have, and when would it end?
  const auto choices = static_cast<jack_options_t>(JackNoStartServer | JackServerName);
  jack_status_t status = {};
  jack_client_t* client = jack.jack_client_open(name.c_str(), choices, &status, server.c_str());
  if (client != nullptr) {
    return client;
  }
  const std::string which = "the JACK server \"" + server + "\"";
  if ((status & (JackServerFailed | JackServerError)) != 0) {
    throw Failure(ExitStatus::audioServer, "there is no answer from " + which +
                                               "; start it with jackd, or with PipeWire start play by pw-jack; --server "
                                               "and JACK_DEFAULT_SERVER name another one");
  }
  if ((status & JackVersionError) != 0) {
    throw Failure(ExitStatus::audioServer, which + " speaks another protocol than libjack; install both from one release");
  }
  throw Failure(ExitStatus::audioServer, which + " has refused the client \"" + name + "\" with status " +
                                             std::to_string(static_cast<int>(status)) + "; see the server's own messages");
}

/** JACK takes a colon for the end of the client's name. */
std::string portName(std::string name) {
  std::replace(name.begin(), name.end(), ':', '-');
  return name;
}

/** What jack_get_ports gives, ended by a null, and freed by jack_free. */
std::vector<std::string> takeNames(const JackLibrary& jack, const char** names) {
  std::vector<std::string> found;
  for (const char** name = names; name != nullptr && *name != nullptr; ++name) {
    found.emplace_back(*name);
  }
  if (names != nullptr) {
    jack.jack_free(names);
  }
  return found;
}

}  // namespace

JackSession::JackSession(const JackLibrary& jack, const Options& options, const PluginInstance& plugin,
                         LiveProcessor& processor)
    : jack_(jack), options_(options), processor_(processor) {
  const std::string name = options.clientName.empty() ? plugin.pluginClass().name : options.clientName;
  client_ = openClient(jack, portName(name), serverName(options));
  try {
    inputs_ = registerPorts(plugin, Vst::kInput);
    outputs_ = registerPorts(plugin, Vst::kOutput);
    if (plugin.component().getBusCount(Vst::kEvent, Vst::kInput) > 0) {
      midi_ = registerPort("midi in", JACK_DEFAULT_MIDI_TYPE, JackPortIsInput);
    }
  } catch (...) {
    jack_.jack_client_close(client_);
    throw;
  }
  mainInputs_ = processor.inputChannels().empty() ? 0 : static_cast<std::size_t>(processor.inputChannels().front());
  mainOutputs_ = processor.outputChannels().empty() ? 0 : static_cast<std::size_t>(processor.outputChannels().front());
  inputBuffers_.resize(inputs_.size());
  outputBuffers_.resize(outputs_.size());

  jack_.jack_set_process_callback(
      client_, [](jack_nframes_t frames, void* me) { return static_cast<JackSession*>(me)->process(frames); }, this);
  jack_.jack_set_buffer_size_callback(
      client_,
      [](jack_nframes_t, void* me) {
        static_cast<JackSession*>(me)->setupChanged_.store(true, std::memory_order_release);
        return 0;
      },
      this);
  jack_.jack_set_sample_rate_callback(
      client_,
      [](jack_nframes_t, void* me) {
        static_cast<JackSession*>(me)->setupChanged_.store(true, std::memory_order_release);
        return 0;
      },
      this);
  jack_.jack_set_xrun_callback(
      client_,
      [](void* me) {
        static_cast<JackSession*>(me)->xruns_.fetch_add(1, std::memory_order_relaxed);
        return 0;
      },
      this);
  jack_.jack_set_freewheel_callback(
      client_,
      [](int starting, void* me) {
        static_cast<JackSession*>(me)->freewheel_.store(starting != 0, std::memory_order_relaxed);
      },
      this);
  jack_.jack_set_port_registration_callback(
      client_,
      [](jack_port_id_t, int, void* me) {
        static_cast<JackSession*>(me)->portsChanged_.store(true, std::memory_order_release);
      },
      this);
  jack_.jack_set_latency_callback(
      client_,
      [](jack_latency_callback_mode_t mode, void* me) { static_cast<JackSession*>(me)->publishLatency(mode); }, this);
  jack_.jack_on_info_shutdown(
      client_,
      [](jack_status_t, const char* reason, void* me) {
        auto* session = static_cast<JackSession*>(me);
        std::snprintf(session->reason_, sizeof session->reason_, "%s", reason);
        session->ended_.store(true, std::memory_order_release);
      },
      this);
}

JackSession::~JackSession() {
  if (!ended()) {
    jack_.jack_deactivate(client_);
  }
  jack_.jack_client_close(client_);
}

void JackSession::activate() {
  if (jack_.jack_activate(client_) != 0) {
    throw Failure(ExitStatus::audioServer, "the JACK server \"" + serverName(options_) +
                                               "\" does not let the client play; see the server's own messages");
  }
}

jack_port_t* JackSession::registerPort(const std::string& name, const char* type, unsigned long flags) {
  jack_port_t* port = jack_.jack_port_register(client_, name.c_str(), type, flags, 0);
  if (port == nullptr) {
    throw Failure(ExitStatus::audioServer,
                  "the JACK server has refused the port \"" + name +
                      "\"; it may have no more of them: jackd --port-max says how many there can be");
  }
  return port;
}

std::vector<jack_port_t*> JackSession::registerPorts(const PluginInstance& plugin, Vst::BusDirections direction) {
  const unsigned long flags = direction == Vst::kInput ? JackPortIsInput : JackPortIsOutput;
  std::vector<jack_port_t*> ports;
  std::set<std::string> taken;
  int number = 0;
  for (const Bus& bus : plugin.buses(Vst::kAudio, direction)) {
    ++number;
    std::string name = portName(fromField(bus.info.name));
    if (name.empty() || !taken.insert(name).second) {
      name = (direction == Vst::kInput ? "in " : "out ") + std::to_string(number);
      taken.insert(name);
    }
    for (int32 channel = 1; channel <= bus.info.channelCount; ++channel) {
      ports.push_back(registerPort(name + " " + std::to_string(channel), JACK_DEFAULT_AUDIO_TYPE, flags));
    }
  }
  return ports;
}

std::optional<std::string> JackSession::ended() const {
  if (!ended_.load(std::memory_order_acquire)) {
    return std::nullopt;
  }
  return reason_;
}

// Connections.

std::vector<std::string> JackSession::find(const std::string& pattern, const char* type, unsigned long flags) const {
  // A name that was given is any part of one; without it, what the sound card and the keyboards have.
  const unsigned long wanted = pattern.empty() ? flags | JackPortIsPhysical : flags;
  std::vector<std::string> names = takeNames(jack_, jack_.jack_get_ports(client_, nullptr, type, wanted));
  const std::string own = name() + ":";
  names.erase(std::remove_if(names.begin(), names.end(),
                             [&](const std::string& found) {
                               return found.find(pattern) == std::string::npos || found.compare(0, own.size(), own) == 0;
                             }),
              names.end());
  return names;
}

void JackSession::connect(const std::string& from, const std::string& to) {
  // Each once: what the user has taken apart stays so.
  if (connected_.emplace(from, to).second) {
    jack_.jack_connect(client_, from.c_str(), to.c_str());
  }
}

void JackSession::connectEach(const std::vector<jack_port_t*>& own, const std::string& pattern, unsigned long flags) {
  const std::vector<std::string> others = find(pattern, JACK_DEFAULT_AUDIO_TYPE, flags);
  const bool outward = (flags & JackPortIsInput) != 0;
  // A mono bus goes to, or comes from, the first two.
  const std::size_t pairs = own.size() == 1 ? std::min<std::size_t>(others.size(), 2) : std::min(own.size(), others.size());
  for (std::size_t i = 0; i < pairs; ++i) {
    const std::string mine = jack_.jack_port_name(own[own.size() == 1 ? 0 : i]);
    outward ? connect(mine, others[i]) : connect(others[i], mine);
  }
}

void JackSession::connectMidi(const std::string& pattern) {
  for (const std::string& source : find(pattern, JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput)) {
    connect(source, jack_.jack_port_name(midi_));
  }
}

void JackSession::connect() {
  const auto first = [](const std::vector<jack_port_t*>& ports, std::size_t count) {
    return std::vector<jack_port_t*>(ports.begin(), ports.begin() + static_cast<std::ptrdiff_t>(count));
  };
  if (options_.connect) {
    connectEach(first(outputs_, mainOutputs_), *options_.connect, JackPortIsInput);
  }
  if (options_.audioIn) {
    connectEach(first(inputs_, mainInputs_), *options_.audioIn, JackPortIsOutput);
  }
  if (options_.midiIn && midi_ != nullptr) {
    connectMidi(*options_.midiIn);
  }
}

// The audio thread.

int JackSession::process(jack_nframes_t frames) noexcept {
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    inputBuffers_[i] = static_cast<float*>(jack_.jack_port_get_buffer(inputs_[i], frames));
  }
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    outputBuffers_[i] = static_cast<float*>(jack_.jack_port_get_buffer(outputs_[i], frames));
  }
  if (!processor_.begin(static_cast<std::int32_t>(frames))) {
    for (float* channel : outputBuffers_) {
      std::fill_n(channel, frames, 0.0F);
    }
    return 0;
  }
  readMidi(frames);
  processor_.process(inputBuffers_.data(), outputBuffers_.data(), position(),
                     freewheel_.load(std::memory_order_relaxed));
  return 0;
}

void JackSession::readMidi(jack_nframes_t frames) noexcept {
  if (midi_ == nullptr) {
    return;
  }
  void* buffer = jack_.jack_port_get_buffer(midi_, frames);
  const std::uint32_t count = jack_.jack_midi_get_event_count(buffer);
  for (std::uint32_t i = 0; i < count; ++i) {
    jack_midi_event_t event = {};
    if (jack_.jack_midi_event_get(&event, buffer, i) == 0) {
      processor_.midi(static_cast<std::int32_t>(event.time), event.buffer, event.size);
    }
  }
}

LivePosition JackSession::position() const noexcept {
  jack_position_t at = {};
  LivePosition position;
  position.rolling = jack_.jack_transport_query(client_, &at) == JackTransportRolling;
  position.frame = at.frame;
  if ((at.valid & JackPositionBBT) != 0 && at.beats_per_minute > 0 && at.beat_type > 0 && at.ticks_per_beat > 0) {
    position.beatsPerMinute = at.beats_per_minute;
    position.numerator = static_cast<std::int32_t>(at.beats_per_bar);
    position.denominator = static_cast<std::int32_t>(at.beat_type);
    const double beats = static_cast<double>(at.bar - 1) * static_cast<double>(at.beats_per_bar) +
                         static_cast<double>(at.beat - 1) + static_cast<double>(at.tick) / at.ticks_per_beat;
    position.quarters = beats * 4 / static_cast<double>(at.beat_type);
  }
  return position;
}

// Latency, on a thread of libjack's.

void JackSession::setLatency(std::uint32_t samples) {
  if (latency_.exchange(samples, std::memory_order_acq_rel) != samples) {
    jack_.jack_recompute_total_latencies(client_);
  }
}

void JackSession::publishLatency(jack_latency_callback_mode_t mode) noexcept {
  // What was captured leaves through the outputs later by the plug-in's delay, and what comes in is heard later by it.
  const bool capture = mode == JackCaptureLatency;
  jack_latency_range_t all = {0, 0};
  bool known = false;
  const auto include = [&](jack_port_t* port) {
    jack_latency_range_t range = {0, 0};
    jack_.jack_port_get_latency_range(port, mode, &range);
    all.min = known ? std::min(all.min, range.min) : range.min;
    all.max = known ? std::max(all.max, range.max) : range.max;
    known = true;
  };
  const auto publish = [&](jack_port_t* port) { jack_.jack_port_set_latency_range(port, mode, &all); };
  const auto sources = [&](const auto& visit) {
    std::for_each(inputs_.begin(), inputs_.end(), visit);
    if (midi_ != nullptr) {
      visit(midi_);
    }
  };
  if (capture) {
    sources(include);
  } else {
    std::for_each(outputs_.begin(), outputs_.end(), include);
  }
  const std::uint32_t own = latency_.load(std::memory_order_acquire);
  all.min += own;
  all.max += own;
  if (capture) {
    std::for_each(outputs_.begin(), outputs_.end(), publish);
  } else {
    sources(publish);
  }
}

std::string listJackPorts(const JackLibrary& jack, const Options& options) {
  const auto close = [&jack](jack_client_t* client) { jack.jack_client_close(client); };
  const std::unique_ptr<jack_client_t, decltype(close)> client(openClient(jack, "patchbay-list", serverName(options)),
                                                               close);
  std::string text;
  const auto list = [&](const char* option, const char* type, unsigned long flags) {
    for (const std::string& name : takeNames(jack, jack.jack_get_ports(client.get(), nullptr, type, flags))) {
      const int found = jack.jack_port_flags(jack.jack_port_by_name(client.get(), name.c_str()));
      text += std::string(option) + ((found & JackPortIsPhysical) != 0 ? "  hardware  " : "  program   ") + name + "\n";
    }
  };
  list("--connect ", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput);
  list("--audio-in", JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput);
  list("--midi-in ", JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput);
  return text;
}

}  // namespace patchbay::host
