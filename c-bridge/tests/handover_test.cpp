// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "block_processor.h"
#include "block_server.h"
#include "handover.h"
#include "images.h"

using namespace Steinberg;
using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

namespace {

/** A block is longer than a new engine has to play along. */
constexpr double kRate = 1000;
constexpr int32 kFrames = 256;
constexpr std::size_t kPageBytes = 4096;

void* page = nullptr;  ///< the host's buffer
std::atomic<bool> mayGoOn{false};
struct sigaction before = {};

/** Holds whoever writes into the host's buffer up until it may go on. */
void onFault(int, siginfo_t* info, void*) {
  const auto at = reinterpret_cast<std::uintptr_t>(info->si_addr);
  const auto begin = reinterpret_cast<std::uintptr_t>(page);
  if (at < begin || at >= begin + kPageBytes) {
    sigaction(SIGSEGV, &before, nullptr);
    return;
  }
  while (!mayGoOn) {
  }
  mprotect(page, kPageBytes, PROT_READ | PROT_WRITE);
}

class Answers final : public BlockServer {
 public:
  explicit Answers(bool refuses) : refuses_(refuses) {}
  ~Answers() override = default;
  void serve(pb_audio_slot& slot) noexcept override {
    slot.status = refuses_ ? 1 : 0;
    if (refuses_) {
      mprotect(page, kPageBytes, PROT_NONE);
    }
  }

 private:
  const bool refuses_;
};

}  // namespace

TEST_SUITE("handover") {
  TEST_CASE("what belongs to a handover may be gone as soon as the audio thread has abandoned it") {
    const auto image = imageOf("synth");
    const auto region = regionOf(*image);
    auto scratch = regionOf(*image);
    const Buses buses(*image);
    BlockExchange exchange(region, image->audio);
    Answers plays(false);
    Answers refuses(true);
    exchange.startWith(getpid());
    exchange.answerBy(plays);
    StateStore state(image);
    ParameterValues view(image->parameters);
    HostEdits edits(*image);
    EngineLink link;
    BlockProcessor processor(image, buses, exchange, state, view, edits, link);
    processor.start(kRate, kFrames);
    link.open();
    auto handover = std::make_unique<Handover>(std::move(scratch), image->audio);
    handover->exchange().startWith(getpid());
    handover->exchange().answerBy(refuses);
    processor.begin(*handover);

    page = mmap(nullptr, kPageBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(page != MAP_FAILED);
    struct sigaction held = {};
    held.sa_sigaction = onFault;
    held.sa_flags = SA_SIGINFO;
    REQUIRE(sigaction(SIGSEGV, &held, &before) == 0);
    bool abandoned = false;
    std::thread other([&] {
      const std::int64_t end = nowMillis() + kMillis;
      while (!abandoned && nowMillis() < end) {
        abandoned = handover->stage() == Handover::Stage::failed;
        sched_yield();
      }
      if (abandoned) {
        handover = nullptr;
      }
      mayGoOn = true;
    });
    std::vector<float> right(kFrames);
    float* channels[] = {static_cast<float*>(page), right.data()};
    Vst::AudioBusBuffers output;
    output.numChannels = 2;
    output.channelBuffers32 = channels;
    Vst::ProcessData data;
    data.processMode = Vst::kRealtime;
    data.symbolicSampleSize = Vst::kSample32;
    data.numSamples = kFrames;
    data.numOutputs = 1;
    data.outputs = &output;
    const std::atomic<bool> wanted{true};
    const bool answered = processor.process(data, wanted).has_value();
    other.join();
    sigaction(SIGSEGV, &before, nullptr);
    CHECK(answered);
    CHECK(abandoned);
    CHECK(processor.process(data, wanted).has_value());
    munmap(page, kPageBytes);
  }
}
