// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <random>
#include <thread>

#include "host_object.h"
#include "player.h"
#include "pluginterfaces/base/ibstream.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

/** A stream that hands out a few bytes at a time, and takes no more than a few. */
class CrumblingStream final : public patchbay::host::HostObject<IBStream> {
 public:
  explicit CrumblingStream(std::vector<char> content = {}) : bytes(std::move(content)) {}

  tresult PLUGIN_API read(void* buffer, int32 count, int32* got) override {
    const int32 left = static_cast<int32>(bytes.size()) - at_;
    const int32 n = std::min({count, int32{crumb_}, left});
    std::memcpy(buffer, bytes.data() + at_, static_cast<std::size_t>(n));
    at_ += n;
    *got = n;
    return n == count ? kResultOk : kResultFalse;
  }
  tresult PLUGIN_API write(void* buffer, int32 count, int32* written) override {
    const int32 n = std::min(count, int32{crumb_});
    bytes.insert(bytes.end(), static_cast<char*>(buffer), static_cast<char*>(buffer) + n);
    *written = n;
    return kResultOk;
  }
  tresult PLUGIN_API seek(int64, int32, int64*) override { return kNotImplemented; }
  tresult PLUGIN_API tell(int64*) override { return kNotImplemented; }

  std::vector<char> bytes;

 private:
  static constexpr int32 crumb_ = 3;
  int32 at_ = 0;
};

template <class Number>
void append(std::vector<char>& bytes, Number number) {
  const char* raw = reinterpret_cast<const char*>(&number);
  bytes.insert(bytes.end(), raw, raw + sizeof number);
}

std::vector<char> container(const std::vector<std::pair<std::uint32_t, double>>& values, const std::string& blob,
                            std::uint32_t version = 1) {
  std::vector<char> bytes = {'P', 'B', 'S', 'T'};
  append(bytes, version);
  append(bytes, static_cast<std::uint32_t>(values.size()));
  for (const auto& [id, value] : values) {
    append(bytes, id);
    append(bytes, value);
  }
  append(bytes, static_cast<std::uint32_t>(blob.size()));
  bytes.insert(bytes.end(), blob.begin(), blob.end());
  return bytes;
}

double valueIn(const std::vector<char>& state, std::size_t index) {
  double value = 0;
  std::memcpy(&value, state.data() + 12 + index * 12 + 4, sizeof value);
  return value;
}

/** How many memories for large states this process holds. */
int memories() {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string link = std::filesystem::read_symlink(entry.path(), gone).string();
    count += link.rfind("/memfd:patchbay_state_", 0) == 0 ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_SUITE("state") {
  TEST_CASE("a state survives save, load, save byte for byte, with exact values even of stepped parameters") {
    Player player;
    const std::vector<char> state = container({{10, 0.1234567890123456}, {20, 1.0 / 3}, {30, 0.77}, {40, 0}, {50, 1},
                                               {60, 0.5}, {(1u << 30) - 1, 0.51}, {80, 1e-300}},
                                              "control's own\0bytes");
    CHECK(player.load(state) == kResultOk);
    CHECK(player.save() == state);
    CHECK(player.controller->getParamNormalized(30) == 0.77);
    CHECK(children().empty());
  }

  TEST_CASE("a state comes through a stream that crumbles") {
    Player player;
    const std::vector<char> state = container({{10, 0.25}}, std::string(100000, 'x'));
    CrumblingStream in(state);
    CHECK(player.component->setState(&in) == kResultOk);
    CrumblingStream out;
    CHECK(player.component->getState(&out) == kResultOk);
    CHECK(out.bytes == player.save());
    CHECK(valueIn(out.bytes, 0) == 0.25);
    CHECK(player.component->setState(nullptr) == kInvalidArgument);
    CHECK(player.component->getState(nullptr) == kInvalidArgument);
  }

  TEST_CASE("what a state does not name gets its default, and what the plug-in does not know is skipped") {
    Player player;
    REQUIRE(player.load(container({{10, 0.9}, {40, 0.9}}, "")) == kResultOk);
    REQUIRE(player.load(container({{4711, 0.3}, {40, 7.0}, {30, -1}}, "")) == kResultOk);
    CHECK(player.controller->getParamNormalized(10) == 0.5);
    CHECK(player.controller->getParamNormalized(40) == 1.0);
    CHECK(player.controller->getParamNormalized(30) == 0.0);
  }

  TEST_CASE("a state that is not whole changes nothing") {
    Player player;
    REQUIRE(player.load(container({{10, 0.9}}, "kept")) == kResultOk);
    const std::vector<char> before = player.save();
    const std::string errors = errorsOf([&] {
      const std::vector<char> good = container({{10, 0.1}, {20, 0.2}}, "other");
      for (std::size_t length = 0; length < good.size(); ++length) {
        CHECK(player.load({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length)}) == kResultFalse);
      }
      CHECK(player.load(container({{10, std::nan("")}}, "")) == kResultFalse);
      CHECK(player.load(container({}, "", 2)) == kResultFalse);
      std::vector<char> huge = {'P', 'B', 'S', 'T'};
      append(huge, std::uint32_t{1});
      append(huge, std::uint32_t{0xFFFFFFFF});
      CHECK(player.load(huge) == kResultFalse);
      huge.resize(8);
      append(huge, std::uint32_t{0});
      append(huge, std::uint32_t{0xFFFFFFF});
      CHECK(player.load(huge) == kResultFalse);
    });
    CHECK(player.save() == before);
    CHECK(errors.find("patchbay: Test Synth: the state has version 2, but this bridge reads version 1") !=
          std::string::npos);
  }

  TEST_CASE("random bytes are refused or taken, never worse") {
    const unsigned seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Player player;
    const std::vector<char> good = container({{10, 0.1}, {20, 0.2}, {30, 0.3}}, "something");
    static_cast<void>(errorsOf([&] {
      for (int round = 0; round < 2000; ++round) {
        std::vector<char> bytes = good;
        for (unsigned i = random() % 4 + 1; i > 0; --i) {
          bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        player.load(bytes);
        const std::vector<char> saved = player.save();
        REQUIRE(player.load(saved) == kResultOk);
        REQUIRE(player.save() == saved);
      }
    }));
  }

  TEST_CASE("a change of a parameter is in the state at once, also while inactive and in a flush") {
    Player player;
    Block inactive(0);
    inactive.set(10, 0, 0.125);
    CHECK(player.play(inactive) == kResultOk);
    CHECK(valueIn(player.save(), 0) == 0.125);
    REQUIRE(player.start());
    Block flush(0);
    flush.set(10, 0, 0.1);
    player.play(flush);
    CHECK(valueIn(player.save(), 0) == 0.1);
    Block block(64);
    block.set(10, 0, 0.2);
    block.set(10, 32, 0.3);
    block.noteOn(0, 60, 1);
    player.play(block);
    CHECK(valueIn(player.save(), 0) == 0.3);
    CHECK(block.left[31] == doctest::Approx(0.2));
    CHECK(block.left[32] == doctest::Approx(0.3));
    // Still exact after RT has played it and the host has heard all that RT says.
    player.play(64);
    CHECK(valueIn(player.save(), 0) == 0.3);
  }

  TEST_CASE("a new state is played from the next block on, and control gets its part") {
    Player player;
    REQUIRE(player.load(container({{10, 0.25}}, "one")) == kResultOk);
    REQUIRE(player.start());
    Block block(64);
    block.noteOn(0, 60, 1);
    player.play(block);
    CHECK(block.left[0] == doctest::Approx(0.25));
    CHECK(eventually([&] { return contains(player.save(), "one seen"); }));
    REQUIRE(player.load(container({{10, 0.75}}, "two")) == kResultOk);
    // Not yet control's answer to the state before.
    CHECK_FALSE(contains(player.save(), "one"));
    CHECK(contains(player.save(), "two"));
    CHECK(player.play(64)[0] == doctest::Approx(0.75));
    CHECK(eventually([&] { return contains(player.save(), "two seen"); }));
    player.component->terminate();
    CHECK(contains(player.save(), "two seen"));
    CHECK(RegionView::count() == 0);
    player.component->initialize(nullptr);
    REQUIRE(player.activate());
    CHECK(contains(player.save(), "two seen"));
  }

  TEST_CASE("a state of control's that has no room in the region goes there and back all the same, larger and smaller") {
    Player player("effect");
    REQUIRE(player.start());
    for (const std::size_t length : {std::size_t{5000}, std::size_t{3'000'000}, std::size_t{10}, std::size_t{4096},
                                     std::size_t{20'000}}) {
      CAPTURE(length);
      const std::string large(length, static_cast<char>('a' + length % 26));
      REQUIRE(player.load(container({}, large)) == kResultOk);
      // At once, and what control says of it later.
      CHECK(contains(player.save(), large));
      CHECK(eventually([&] { return contains(player.save(), large + " seen"); }));
    }
    player.component->terminate();
    CHECK(contains(player.save(), " seen"));
    CHECK(memories() == 0);
    player.component->initialize(nullptr);
    REQUIRE(player.activate());
    CHECK(contains(player.save(), " seen"));
  }

  TEST_CASE("a state that begins like a reference is one all the same") {
    Player player;
    REQUIRE(player.start());
    const std::uint32_t magic = PB_STATE_REFERENCE_MAGIC;
    std::string state(reinterpret_cast<const char*>(&magic), sizeof magic);
    state += std::string(PB_STATE_REFERENCE_BYTES - sizeof magic, '\0');
    REQUIRE(player.load(container({}, state)) == kResultOk);
    CHECK(eventually([&] { return contains(player.save(), state + " seen"); }));
  }

  TEST_CASE("control that is killed while it changes its state loses at most the change that it was making") {
    const Fake fake("control-counts");
    const char* wanted = std::getenv("PATCHBAY_TEST_KILLS");
    const int kills = wanted != nullptr ? std::atoi(wanted) : 60;
    const unsigned seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kOffline));
    const RegionView region;
    static_cast<void>(errorsOf([&] {
      for (int kill = 0; kill < kills; ++kill) {
        const pid_t pid = region.pid(PB_STANDARD_ROLE_CONTROL);
        REQUIRE(eventually([&] { return region.role(PB_STANDARD_ROLE_CONTROL).heartbeat_nanos > 0; }));
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
        REQUIRE(::kill(pid, SIGKILL) == 0);
        REQUIRE(eventually([&] { return !running(pid); }));
        const auto made = static_cast<std::int64_t>(region.role(PB_STANDARD_ROLE_CONTROL).heartbeat_nanos);
        const std::vector<char> saved = player.save();
        std::int64_t kept = 0;
        std::memcpy(&kept, saved.data() + saved.size() - sizeof kept, sizeof kept);
        // Published is what it says, and perhaps the one that it was just about to say.
        CHECK(kept >= made);
        CHECK(kept <= made + 1);
        // The next one goes on from there, in place of one that a host has no patience with.
        REQUIRE(player.component->setActive(false) == kResultOk);
        REQUIRE(player.component->setActive(true) == kResultOk);
        REQUIRE(eventually([&] {
          return region.pid(PB_STANDARD_ROLE_CONTROL) != pid && region.pid(PB_STANDARD_ROLE_CONTROL) != 0 &&
                 static_cast<std::int64_t>(region.role(PB_STANDARD_ROLE_CONTROL).heartbeat_nanos) > kept;
        }));
      }
    }));
  }

  TEST_CASE("what RT changes reaches the host, and what the host replaced meanwhile stays") {
    const Fake fake("change=2");
    Player player;
    REQUIRE(player.start());
    player.play(64);
    player.play(64);
    Block block(64);
    player.play(block);
    CHECK(valueIn(player.save(), 1) == 0.25);
    CHECK(player.controller->getParamNormalized(20) == 0.25);
    REQUIRE(block.out.getParameterCount() == 1);
    CHECK(block.out.getParameterData(0)->getParameterId() == 20);
    int32 offset = -1;
    Vst::ParamValue value = 0;
    CHECK(block.out.getParameterData(0)->getPoint(0, offset, value) == kResultOk);
    CHECK(offset == 0);
    CHECK(value == 0.25);
    Block after(64);
    player.play(after);
    CHECK(after.out.getParameterCount() == 0);
  }

  TEST_CASE("a value that is no number does not become the host's") {
    const Fake fake("change=1 nan");
    Player player;
    REQUIRE(player.start());
    const std::vector<char> before = player.save();
    player.play(64);
    player.play(64);
    CHECK(player.save() == before);
  }
}
