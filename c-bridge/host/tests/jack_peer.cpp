// SPDX-License-Identifier: Apache-2.0
#include "jack_peer.h"

#include <fcntl.h>
#include <jack/midiport.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace patchbay::host::test {
namespace {

jack_client_t* open(const std::string& server, const std::string& name) {
  const auto choices = static_cast<jack_options_t>(JackNoStartServer | JackServerName | JackUseExactName);
  jack_set_error_function([](const char*) {});
  jack_set_info_function([](const char*) {});
  return jack_client_open(name.c_str(), choices, nullptr, server.c_str());
}

}  // namespace

bool eventually(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

JackServer::JackServer(std::string name, int frames) : name_(std::move(name)) {
  const std::string period = std::to_string(frames);
  process_ = fork();
  if (process_ == 0) {
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execlp("jackd", "jackd", "--no-realtime", "--name", name_.c_str(), "-d", "dummy", "-r", "48000", "-p",
           period.c_str(), nullptr);
    _exit(127);
  }
  const bool answers = eventually([this] {
    jack_client_t* client = test::open(name_, "probe");
    if (client != nullptr) {
      jack_client_close(client);
    }
    return client != nullptr;
  });
  if (!answers) {
    end(SIGKILL);
    throw std::runtime_error("jackd was started and does not answer");
  }
}

JackServer::~JackServer() { end(SIGTERM); }

void JackServer::kill() { end(SIGKILL); }

void JackServer::end(int signal) {
  if (process_ > 0) {
    ::kill(process_, signal);
    waitpid(process_, nullptr, 0);
    process_ = -1;
  }
}

JackPeer::JackPeer(const std::string& server, const std::string& name) : client_(open(server, name)) {
  if (client_ == nullptr) {
    throw std::runtime_error("the server " + server + " does not take the client " + name);
  }
  midi_ = jack_port_register(client_, "notes", JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput, 0);
  left_ = jack_port_register(client_, "ear-1", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
  right_ = jack_port_register(client_, "ear-2", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
  jack_set_process_callback(
      client_, [](jack_nframes_t frames, void* me) { return static_cast<JackPeer*>(me)->process(frames); }, this);
  jack_activate(client_);
}

JackPeer::~JackPeer() { jack_client_close(client_); }

bool JackPeer::connected() const {
  return jack_port_connected(midi_) > 0 && jack_port_connected(left_) > 0 && jack_port_connected(right_) > 0;
}

void JackPeer::send(std::uint32_t offset, const std::array<std::uint8_t, 3>& message) {
  message_.store(std::uint64_t{1} << 63 | std::uint64_t{offset} << 24 | std::uint64_t{message[0]} << 16 |
                 std::uint64_t{message[1]} << 8 | message[2]);
  if (!eventually([this] { return message_.load() == 0; })) {
    throw std::runtime_error("the server asks for no blocks");
  }
}

std::vector<JackPeer::Sample> JackPeer::impulses() const {
  const std::size_t count = heardCount_.load(std::memory_order_acquire);
  return {heard_.begin() + static_cast<std::ptrdiff_t>(forgotten_), heard_.begin() + static_cast<std::ptrdiff_t>(count)};
}

void JackPeer::forget() { forgotten_ = heardCount_.load(std::memory_order_acquire); }

void JackPeer::setBufferSize(std::uint32_t frames) { jack_set_buffer_size(client_, frames); }

int JackPeer::process(jack_nframes_t frames) {
  void* out = jack_port_get_buffer(midi_, frames);
  jack_midi_clear_buffer(out);
  if (const std::uint64_t message = message_.load(); message != 0) {
    const jack_midi_data_t bytes[] = {static_cast<jack_midi_data_t>(message >> 16),
                                      static_cast<jack_midi_data_t>(message >> 8),
                                      static_cast<jack_midi_data_t>(message)};
    const auto offset = static_cast<jack_nframes_t>(message >> 24 & 0xFFFFFFU);
    if (offset < frames) {
      jack_midi_event_write(out, offset, bytes, sizeof bytes);
      message_.store(0);
    }
  }
  const auto* left = static_cast<const float*>(jack_port_get_buffer(left_, frames));
  std::size_t count = heardCount_.load(std::memory_order_relaxed);
  for (jack_nframes_t i = 0; i < frames && count < heard_.size(); ++i) {
    if (left[i] != 0.0F) {
      heard_[count++] = {i, left[i]};
    }
  }
  heardCount_.store(count, std::memory_order_release);
  const auto* right = static_cast<const float*>(jack_port_get_buffer(right_, frames));
  level_.store(right[frames - 1], std::memory_order_release);
  return 0;
}

}  // namespace patchbay::host::test
