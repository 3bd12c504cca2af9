// SPDX-License-Identifier: Apache-2.0
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>

#include "host_process.h"
#include "jack_peer.h"

namespace patchbay::host::test {
namespace {

using Samples = std::vector<JackPeer::Sample>;

/** Of this process alone: other tests may run at the same time. */
std::string serverName() { return "patchbay-test-" + std::to_string(getpid()); }

std::string peerName() { return "peer"; }

/** A patchbay-host that plays the test plug-in and is connected with the peer. */
std::vector<std::string> playing(const std::string& server, const std::string& state) {
  return {"play",      "--plugin", PB_IMPULSE_BUNDLE,     "--server",  server,  "--connect=" + peerName() + ":",
          "--midi-in", peerName() + ":", "--state", state};
}

bool says(const RunningHost& host, const std::string& part) {
  return eventually([&] { return host.errors().find(part) != std::string::npos; });
}

/** What is heard of a message; the test plug-in answers each note with one sample. */
Samples answer(JackPeer& peer, std::uint32_t offset, const std::array<std::uint8_t, 3>& message) {
  peer.forget();
  peer.send(offset, message);
  CHECK(eventually([&] { return !peer.impulses().empty(); }));
  return peer.impulses();
}

TEST_CASE("a plug-in is played against a JACK server: notes at their frame, new buffer sizes, the server's death, the state") {
  const TemporaryFolder folder;
  const std::string state = folder.file("state");
  auto server = std::make_unique<JackServer>(serverName(), 256);
  auto peer = std::make_unique<JackPeer>(serverName(), peerName());
  RunningHost host(playing(serverName(), state));
  REQUIRE(eventually([&] { return peer->connected(); }));

  CHECK(answer(*peer, 17, {0x90, 60, 100}) == Samples{{17, 100 / 127.0F}});
  CHECK(answer(*peer, 255, {0x90, 60, 0}) == Samples{{255, -0.25F}});
  peer->send(3, {0xB0, 7, 64});
  CHECK(eventually([&] { return peer->level() == static_cast<float>(64 / 127.0); }));

  // A larger buffer, then a smaller one: the plug-in refuses blocks beyond what it was set up with.
  for (const std::uint32_t frames : {1024U, 64U}) {
    peer->setBufferSize(frames);
    REQUIRE(says(host, "blocks of " + std::to_string(frames) + " samples now"));
    CHECK(answer(*peer, frames - 1, {0x91, 61, 127}) == Samples{{frames - 1, 1.0F}});
  }

  server->kill();
  REQUIRE(says(host, "waits for it to come back"));
  CHECK(host.running());
  peer.reset();
  server = std::make_unique<JackServer>(serverName(), 128);
  // The peer comes after the host, as a keyboard that is plugged in late.
  REQUIRE(says(host, "blocks of 128 samples as"));
  peer = std::make_unique<JackPeer>(serverName(), peerName());
  REQUIRE(eventually([&] { return peer->connected(); }));
  CHECK(answer(*peer, 5, {0x9F, 62, 64}) == Samples{{5, 64 / 127.0F}});
  CHECK(peer->level() == static_cast<float>(64 / 127.0));

  host.stop(SIGTERM);
  const HostResult result = host.wait();
  CHECK(result.status == 0);
  CHECK(result.err.find("has played 4 notes") != std::string::npos);
  CHECK(result.err.find(" 0 failed blocks, 0 samples that were no number, 0 lost events") != std::string::npos);
  CHECK(folder.names() == std::vector<std::string>{"state"});

  RunningHost again(playing(serverName(), state));
  CHECK(eventually([&] { return peer->connected(); }));
  CHECK(eventually([&] { return peer->level() == static_cast<float>(64 / 127.0); }));
  again.stop(SIGINT);
  CHECK(again.wait().status == 0);
}

TEST_CASE("what can be connected is listed with the option that takes it") {
  const JackServer server(serverName(), 256);
  const JackPeer peer(serverName(), peerName());
  const HostResult result = runHost({"play", "--list", "--server", serverName()});
  CHECK(result.status == 0);
  CHECK(result.out.find("--connect   hardware  system:playback_1\n") != std::string::npos);
  CHECK(result.out.find("--connect   program   peer:ear-2\n") != std::string::npos);
  CHECK(result.out.find("--audio-in  hardware  system:capture_1\n") != std::string::npos);
  CHECK(result.out.find("--midi-in   program   peer:notes\n") != std::string::npos);
}

TEST_CASE("without a server, or without a plug-in, one sentence says what to do") {
  const TemporaryFolder folder;
  const HostResult result = runHost(playing(serverName() + "-none", folder.file("state")));
  CHECK(result.status == 7);
  CHECK(result.err.find("there is no answer from the JACK server \"" + serverName() + "-none\"; start it") !=
        std::string::npos);
  CHECK(folder.names().empty());
  CHECK(runHost({"play"}).status == 2);
}

TEST_CASE("a state that cannot be read or saved is refused before anything plays") {
  const TemporaryFolder folder;
  CHECK(runHost(playing(serverName(), folder.file("none/state"))).status == 6);
  CHECK(runHost(playing(serverName(), folder.file("."))).status == 2);
}

/** Whether a program is found as a shell would find it. */
bool installed(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access((folder + "/" + program).c_str(), X_OK) == 0) {
      return true;
    }
  }
  return false;
}

}  // namespace
}  // namespace patchbay::host::test

int main(int argumentCount, char** arguments) {
  if (!patchbay::host::test::installed("jackd")) {
    std::puts("skipped: jackd is not installed; install the Debian package jackd2 to test play");
    return 77;
  }
  return doctest::Context(argumentCount, arguments).run();
}
