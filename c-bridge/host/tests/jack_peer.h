// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <jack/jack.h>
#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace patchbay::host::test {

/** A real jackd with the dummy backend, under a name of its own; ended by the destructor. */
class JackServer {
 public:
  /** Returns when it answers. */
  JackServer(std::string name, int frames);
  ~JackServer();
  JackServer(const JackServer&) = delete;
  JackServer& operator=(const JackServer&) = delete;

  /** As a crash does. */
  void kill();

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  void end(int signal);

  std::string name_;
  pid_t process_ = -1;
};

/** A JACK client with a MIDI output and two audio inputs, which plays messages and remembers what it hears. */
class JackPeer {
 public:
  /** A sample that was not zero: its offset in its period, and its value. */
  using Sample = std::pair<std::uint32_t, float>;

  JackPeer(const std::string& server, const std::string& name);
  ~JackPeer();
  JackPeer(const JackPeer&) = delete;
  JackPeer& operator=(const JackPeer&) = delete;

  /** Whether all ports are connected: then the plug-in is there. */
  [[nodiscard]] bool connected() const;

  /** Sends a channel message at an offset of the next period; returns when it was sent. */
  void send(std::uint32_t offset, const std::array<std::uint8_t, 3>& message);

  /** The impulses on the left since the last call of forget, in order. */
  [[nodiscard]] std::vector<Sample> impulses() const;
  void forget();

  /** The newest sample on the right. */
  [[nodiscard]] float level() const { return level_.load(std::memory_order_acquire); }

  void setBufferSize(std::uint32_t frames);

 private:
  int process(jack_nframes_t frames);

  jack_client_t* client_ = nullptr;
  jack_port_t* midi_ = nullptr;
  jack_port_t* left_ = nullptr;
  jack_port_t* right_ = nullptr;
  std::atomic<std::uint64_t> message_{0};  ///< offset and bytes, 0 for none
  std::array<Sample, 1024> heard_ = {};
  std::atomic<std::size_t> heardCount_{0};
  std::size_t forgotten_ = 0;
  std::atomic<float> level_{0};
};

/** Waits for something that happens by itself, generously: the machine may be busy. */
[[nodiscard]] bool eventually(const std::function<bool()>& condition);

}  // namespace patchbay::host::test
