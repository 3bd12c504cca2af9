// SPDX-License-Identifier: Apache-2.0
// Run by ctest with libpatchbay-guard.so preloaded, which sees what process() calls.
#include <doctest/doctest.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <thread>

#include "guard.h"
#include "host_block.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

template <class Function>
Function* preloaded(const char* name) {
  void* found = dlsym(RTLD_DEFAULT, name);
  if (found == nullptr) {
    throw std::runtime_error(std::string(name) + " is not there: run this suite by ctest, which preloads the guard");
  }
  Function* function = nullptr;
  std::memcpy(&function, &found, sizeof function);
  return function;
}

/** The guard; what happened before is forgotten. */
class Guard {
 public:
  Guard() { reset_(); }

  /** Runs this with the guard armed. */
  template <class Work>
  void watch(Work work) {
    arm_();
    work();
    disarm_();
  }

  [[nodiscard]] unsigned hits(guard_kind kind) const { return hits_(kind); }

  [[nodiscard]] unsigned all() const {
    unsigned sum = 0;
    for (int kind = 0; kind < GUARD_KINDS; ++kind) {
      sum += hits_(static_cast<guard_kind>(kind));
    }
    return sum;
  }

  [[nodiscard]] std::string first() const { return first_(); }

 private:
  guard_arm_function* arm_ = preloaded<guard_arm_function>("guard_arm");
  guard_disarm_function* disarm_ = preloaded<guard_disarm_function>("guard_disarm");
  guard_hits_function* hits_ = preloaded<guard_hits_function>("guard_hits");
  guard_first_function* first_ = preloaded<guard_first_function>("guard_first");
  guard_reset_function* reset_ = preloaded<guard_reset_function>("guard_reset");
};

/** Volatile: the compiler must not know that nobody uses it. */
void allocate() {
  void* volatile memory = std::malloc(64);
  std::free(memory);
}

/** What the guard has seen while this ran. */
template <class Work>
std::string seen(guard_kind kind, Work work) {
  Guard guard;
  guard.watch(work);
  return guard.hits(kind) > 0 ? guard.first() : "nothing";
}

/** A processor whose process() is watched; the host's own work is not. */
class WatchedProcessor final : public Vst::IAudioProcessor {
 public:
  explicit WatchedProcessor(Vst::IAudioProcessor* real) : real_(real) {}
  virtual ~WatchedProcessor() = default;
  WatchedProcessor(const WatchedProcessor&) = delete;
  WatchedProcessor& operator=(const WatchedProcessor&) = delete;

  tresult PLUGIN_API process(Vst::ProcessData& data) override {
    tresult result = kResultFalse;
    guard.watch([&] { result = real_->process(data); });
    return result;
  }

  tresult PLUGIN_API queryInterface(const TUID id, void** object) override { return real_->queryInterface(id, object); }
  uint32 PLUGIN_API addRef() override { return real_->addRef(); }
  uint32 PLUGIN_API release() override { return real_->release(); }
  tresult PLUGIN_API setBusArrangements(Vst::SpeakerArrangement* in, int32 ins, Vst::SpeakerArrangement* out,
                                        int32 outs) override {
    return real_->setBusArrangements(in, ins, out, outs);
  }
  tresult PLUGIN_API getBusArrangement(Vst::BusDirection direction, int32 index,
                                       Vst::SpeakerArrangement& arrangement) override {
    return real_->getBusArrangement(direction, index, arrangement);
  }
  tresult PLUGIN_API canProcessSampleSize(int32 size) override { return real_->canProcessSampleSize(size); }
  uint32 PLUGIN_API getLatencySamples() override { return real_->getLatencySamples(); }
  tresult PLUGIN_API setupProcessing(Vst::ProcessSetup& setup) override { return real_->setupProcessing(setup); }
  tresult PLUGIN_API setProcessing(TBool state) override { return real_->setProcessing(state); }
  uint32 PLUGIN_API getTailSamples() override { return real_->getTailSamples(); }

  Guard guard;

 private:
  Vst::IAudioProcessor* const real_;
};

/** A player whose blocks are all watched. */
struct WatchedPlayer : Player {
  explicit WatchedPlayer(const std::string& bundle = "synth") : Player(bundle), watched(processor) {
    processor = &watched;
  }
  ~WatchedPlayer() {
    // Each has the other's reference.
    processor->addRef();
    processor->release();
  }

  WatchedProcessor watched;
};

// The kernel is asked once for each thread and activation how the audio thread is scheduled, which RT follows.
#define CHECK_NOTHING_SEEN(player, activations)                                  \
  INFO("first seen: " << (player).watched.guard.first());                        \
  CHECK((player).watched.guard.hits(GUARD_ALLOCATION) == 0);                     \
  CHECK((player).watched.guard.hits(GUARD_LOCK) == 0);                           \
  CHECK((player).watched.guard.hits(GUARD_FILE) == 0);                           \
  CHECK((player).watched.guard.hits(GUARD_BLOCKING) == 0);                       \
  CHECK((player).watched.guard.hits(GUARD_SYSCALL) <= (activations))

}  // namespace

TEST_SUITE("guard" * doctest::skip()) {
  TEST_CASE("control: the guard sees each kind of what it looks for, and nothing where it is not armed") {
    // Volatile: the compiler must not know that nobody uses it.
    void* volatile memory = nullptr;
    CHECK(seen(GUARD_ALLOCATION, [&] { memory = std::malloc(10); }) == "malloc");
    CHECK(seen(GUARD_ALLOCATION, [&] { std::free(memory); }) == "free");
    CHECK(seen(GUARD_ALLOCATION, [&] { memory = std::calloc(10, 10); }) == "calloc");
    CHECK(seen(GUARD_ALLOCATION, [&] { memory = std::realloc(memory, 1000); }) == "realloc");
    std::free(memory);
    CHECK(seen(GUARD_ALLOCATION, [&] {
            int* volatile number = new int(7);
            delete number;
          }) == "malloc");
    std::mutex mutex;
    CHECK(seen(GUARD_LOCK, [&] { const std::lock_guard<std::mutex> lock(mutex); }) == "pthread_mutex_lock");
    sem_t semaphore;
    sem_init(&semaphore, 0, 1);
    CHECK(seen(GUARD_LOCK, [&] { sem_wait(&semaphore); }) == "sem_wait");
    int file = -1;
    CHECK(seen(GUARD_FILE, [&] { file = open("/dev/null", O_RDWR | O_CLOEXEC); }) == "open");
    char byte = 0;
    ssize_t moved = 0;
    CHECK(seen(GUARD_FILE, [&] { moved = write(file, &byte, 1); }) == "write");
    CHECK(moved == 1);
    CHECK(seen(GUARD_FILE, [&] { moved = read(file, &byte, 1); }) == "read");
    CHECK(moved == 0);
    CHECK(seen(GUARD_FILE, [&] { close(file); }) == "close");
    FILE* text = nullptr;
    CHECK(seen(GUARD_FILE, [&] { text = std::fopen("/dev/null", "w"); }) == "fopen");
    CHECK(seen(GUARD_FILE, [&] { std::fprintf(text, "%d", file); }) == "fprintf");
    std::fclose(text);
    CHECK(seen(GUARD_BLOCKING, [&] { std::this_thread::sleep_for(std::chrono::microseconds(1)); }) != "nothing");
    CHECK(seen(GUARD_BLOCKING, [&] { sched_yield(); }) == "sched_yield");
    CHECK(seen(GUARD_SYSCALL, [&] { syscall(SYS_getppid); }) == "syscall");
    Guard idle;
    allocate();
    CHECK(idle.all() == 0);
    std::thread other;
    idle.watch([&] { other = std::thread(allocate); });
    const unsigned before = idle.hits(GUARD_ALLOCATION);
    other.join();
    allocate();
    CHECK(idle.hits(GUARD_ALLOCATION) == before);
  }

  TEST_CASE("control: a block whose host allocates in its list of events is seen through process") {
    class Careless final : public patchbay::host::HostObject<Vst::IEventList> {
     public:
      int32 PLUGIN_API getEventCount() override {
        allocate();
        return 0;
      }
      tresult PLUGIN_API getEvent(int32, Vst::Event&) override { return kResultFalse; }
      tresult PLUGIN_API addEvent(Vst::Event&) override { return kResultFalse; }
    } careless;
    WatchedPlayer player;
    REQUIRE(player.start());
    Vst::ProcessData data;
    data.processMode = Vst::kOffline;
    data.numSamples = 16;
    data.inputEvents = &careless;
    REQUIRE(player.processor->process(data) == kResultOk);
    CHECK(player.watched.guard.hits(GUARD_ALLOCATION) == 2);
    CHECK(player.watched.guard.hits(GUARD_LOCK) == 0);
  }

  TEST_CASE("blocks with everything in them: notes, points, messages, transport, all lengths, the first one, too") {
    WatchedPlayer player;
    const std::vector<uint8> message(300, 0x11);
    Vst::ProcessContext context = {};
    context.state = Vst::ProcessContext::kPlaying | Vst::ProcessContext::kTempoValid;
    context.tempo = 120;
    for (const Vst::ProcessModes mode : {Vst::kOffline, Vst::kRealtime, Vst::kPrefetch}) {
      REQUIRE(player.start(48000, 512, mode));
      for (int32 i = 0; i < 1000; ++i) {
        Block block(i % 100 == 99 ? 2000 : i % 60);
        block.context = &context;
        context.projectTimeSamples += i % 7 == 0 ? 1000 : block.frames;
        context.tempo = 100 + i % 20;
        block.noteOn(0, static_cast<int16>(i % 128), 0.5f);
        block.noteOff(block.frames, static_cast<int16>((i + 64) % 128));
        block.message(1, message);
        block.express(0, i, Vst::kTuningTypeID, 0.5);
        for (int32 p = 0; p < 8; ++p) {
          block.set(10, p * 7, p / 8.0);
        }
        REQUIRE(player.play(block) == kResultOk);
      }
      player.deactivate();
    }
    CHECK_NOTHING_SEEN(player, 3);
  }

  TEST_CASE("several buses in both sample sizes, events and parameters to the host, and a latency that changes") {
    const Fake fake("echo lag=5 change=7");
    WatchedPlayer player("rich");
    player.component->activateBus(Vst::kAudio, Vst::kInput, 1, true);
    REQUIRE(player.start(48000, 64));
    int32 events = 0;
    int32 changes = 0;
    for (int i = 0; i < 200; ++i) {
      HostBlock block({2, 1}, {2, 2}, 100, i % 2 == 1);
      Vst::Event on = {};
      on.type = Vst::Event::kNoteOnEvent;
      on.noteOn = {0, static_cast<int16>(i % 128), 0, 0.5f, 0, -1};
      block.events.addEvent(on);
      REQUIRE(block.play(player) == kResultOk);
      events += block.out.getEventCount();
      changes += block.changes.getParameterCount();
    }
    CHECK(events == 200);
    CHECK(changes == 2);
    CHECK_NOTHING_SEEN(player, 1);
  }

  TEST_CASE("blocks that come too late, are skipped, or come when nothing plays") {
    const Fake fake("mute=20");
    WatchedPlayer player;
    player.play(64);
    REQUIRE(player.start(48000, 64, Vst::kRealtime));
    for (int i = 0; i < 60; ++i) {
      player.play(64);
    }
    CHECK(RegionView().counter(PB_STANDARD_BRIDGE_COUNTERS_SKIPPED_BLOCKS) > 0);
    player.deactivate();
    player.play(64);
    CHECK_NOTHING_SEEN(player, 1);
  }

  TEST_CASE("more events than there is room for") {
    WatchedPlayer player("effect");
    REQUIRE(player.start());
    for (int i = 0; i < 20; ++i) {
      Block block(256);
      for (int k = 0; k < 500; ++k) {
        block.noteOn(k % 256, static_cast<int16>(k % 128), 0.5f);
        block.set(10, k % 256, k / 500.0);
      }
      REQUIRE(player.play(block) == kResultOk);
    }
    CHECK(RegionView().counter(PB_STANDARD_BRIDGE_COUNTERS_DROPPED_EVENTS) > 0);
    CHECK_NOTHING_SEEN(player, 1);
  }

  TEST_CASE("an engine dies, blocks go on, and another takes its place") {
    WatchedPlayer player;
    REQUIRE(player.start(48000, 64, Vst::kRealtime));
    player.play(64);
    const pid_t engine = RegionView().pid(PB_STANDARD_ROLE_RT);
    kill(engine, SIGKILL);
    REQUIRE(eventually([&] {
      Block block(64);
      block.noteOn(0, 60, 1.0f);
      player.play(block);
      return RegionView().pid(PB_STANDARD_ROLE_RT) != engine && block.left[63] != 0;
    }));
    CHECK_NOTHING_SEEN(player, 1);
  }

  TEST_CASE("states are loaded and saved, and the plug-in is asked, while blocks play") {
    WatchedPlayer player;
    REQUIRE(player.start(48000, 64, Vst::kRealtime));
    const std::vector<char> state = player.save();
    std::atomic<bool> running{true};
    std::thread other([&] {
      while (running) {
        player.load(state);
        [[maybe_unused]] const std::vector<char> saved = player.save();
      }
    });
    for (int i = 0; i < 1000; ++i) {
      player.play(64);
    }
    running = false;
    other.join();
    CHECK_NOTHING_SEEN(player, 1);
  }
}
