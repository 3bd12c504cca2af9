// SPDX-License-Identifier: Apache-2.0
#include "instance.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <thread>

#include "clock.h"
#include "live_instances.h"
#include "log.h"
#include "state_container.h"
#include "stream.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

constexpr int kDeactivateMillis = 1000;
constexpr int kEndMillis = 1500;

}  // namespace

Instance::Instance(std::shared_ptr<const Bundle> bundle)
    : view(bundle->image->parameters),
      bundle_(std::move(bundle)),
      state_(bundle_->image),
      setup_{Vst::kRealtime, Vst::kSample32, 1024, 44100.0} {
  LiveInstances::ofThisLibrary().add(this);
}

Instance::~Instance() {
  if (guard_.inOriginalProcess()) {
    LiveInstances::ofThisLibrary().remove(this);
    close();
    return;
  }
  // What these hold belongs to the process that we were forked from; their destructors would end its children. They
  // also keep the region, whose addresses may by now be something else's in this process.
  [[maybe_unused]] const auto* exchange = exchange_.release();
  [[maybe_unused]] const auto* processor = processor_.release();
  [[maybe_unused]] const auto* seat = seat_.release();
  [[maybe_unused]] const auto* control = control_.release();
}

void Instance::say(const std::string& sentence) const noexcept {
  if (!sentence.empty()) {
    log(image().name, sentence);
  }
}

bool Instance::setUp(const Vst::ProcessSetup& setup) {
  if (!guard_.inOriginalProcess() || setup.symbolicSampleSize != Vst::kSample32 || setup.maxSamplesPerBlock < 1 ||
      !std::isfinite(setup.sampleRate) || setup.sampleRate <= 0) {
    return false;
  }
  const std::lock_guard<std::mutex> lock(lifecycle_);
  const bool same = setup.sampleRate >= setup_.sampleRate && setup.sampleRate <= setup_.sampleRate &&
                    setup.maxSamplesPerBlock == setup_.maxSamplesPerBlock;
  if (active() && !same) {
    return false;
  }
  setup_ = setup;
  return true;
}

bool Instance::activate() {
  if (!guard_.inOriginalProcess()) {
    return false;
  }
  const std::lock_guard<std::mutex> lock(lifecycle_);
  if (active()) {
    return true;
  }
  if (!ensureRegion()) {
    return false;
  }
  // RT's last changes count as values of ours before ours are published: they may have come after its last answer.
  processor_->takeChanges(state_.replacements());
  state_.publishValues();
  if (!ensureRt() || !requestActivation()) {
    return false;
  }
  active_.store(true, std::memory_order_release);
  gate_.open();
  return true;
}

bool Instance::ensureRegion() {
  if (region_ != nullptr) {
    return true;
  }
  std::string error;
  std::shared_ptr<Region> region = Region::create(image(), error);
  if (region == nullptr) {
    say(error);
    return false;
  }
  control_ = std::make_unique<ModuleProcess>(
      bundle_, ModuleProcess::Place{region, PB_STANDARD_ROLE_CONTROL, "the sound goes on without it"});
  rtLog_ = std::make_shared<RtLog>(image().name, region);
  logging_ = Launcher::acquire()->repeat([log = rtLog_] { log->writeSome(); });
  exchange_ = std::make_unique<BlockExchange>(region, image().audio);
  processor_ = std::make_unique<BlockProcessor>(bundle_->image, *exchange_, state_, view);
  region_ = std::move(region);
  state_.connect(region_);
  return true;
}

void Instance::ensureControl() {
  if (!control_->declared() || control_->alive()) {
    return;
  }
  state_.publishBlob();
  std::string error;
  const auto listener = [region = region_](const ChildEnd& end, bool expected) {
    region->setGone(PB_STANDARD_ROLE_CONTROL, end.pid);
    if (!expected) {
      pb_counter_add(&region->counters, PB_STANDARD_BRIDGE_COUNTERS_CONTROL_ENDED, 1);
    }
  };
  if (!control_->start(listener, error)) {
    say(error + "; the sound goes on without the control module");
  }
}

bool Instance::ensureRt() {
  if (image().modules[PB_STANDARD_ROLE_RT].arguments.empty()) {
    say("the bundle declares no RT module, so there is nothing to play; rebuild the bundle");
    return false;
  }
  if (seat_ != nullptr && seat_->alive()) {
    // Whatever state its module is in, also after a refusal: the next activation makes a fresh one.
    ensureControl();
    return true;
  }
  leaveEngine(0);
  // What the last engine did not read was meant for it. It has ended, so its side of the queue is free to be moved.
  const pb_event_queue queue = region_->hostEvents;
  pb_event_queue_advance(&queue, pb_event_queue_tail(&queue));
  std::string error;
  seat_ = EngineSeat::reserve(bundle_, region_, error);
  if (seat_ == nullptr) {
    say(error);
    return false;
  }
  // Beside RT, whose start takes longer.
  ensureControl();
  switch (seat_->take(++generation_, error)) {
    case EngineProcess::Outcome::done:
      exchange_->startWith(seat_->engine().pid());
      return true;
    case EngineProcess::Outcome::missed:
      say(error);
      // It may take the region up later, which therefore cannot be used again.
      closeLocked();
      return false;
    case EngineProcess::Outcome::refused:
    case EngineProcess::Outcome::gone:
      break;
  }
  say(error);
  leaveEngine(kEndMillis);
  return false;
}

void Instance::leaveEngine(int millis) {
  if (seat_ == nullptr) {
    return;
  }
  std::string error;
  const bool free = seat_->leave(millis, error);
  seat_ = nullptr;
  if (!free) {
    say(error);
  }
}

Answer Instance::request(const BlockRequest& request, int millis) {
  Patience patience;
  patience.deadline = nowNanos() + millis * kNanosPerMilli;
  while (!exchange_->mayRequest()) {
    if (exchange_->gone()) {
      return Answer::gone;
    }
    if (nowNanos() >= patience.deadline) {
      return Answer::missed;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  exchange_->publish(request);
  return exchange_->await(patience);
}

bool Instance::requestActivation() {
  const auto most = static_cast<std::int32_t>(
      std::min<std::uint32_t>(image().audio.maxFrames, std::numeric_limits<std::int32_t>::max()));
  BlockRequest activation;
  activation.kind = PB_REQUEST_ACTIVATE;
  activation.frames = std::min(setup_.maxSamplesPerBlock, most);
  activation.flags = setup_.processMode == Vst::kOffline ? PB_SLOT_FLAG_OFFLINE : 0;
  activation.sampleRate = setup_.sampleRate;
  EngineProcess& engine = seat_->engine();
  const int limit = engine.readyMillis();
  switch (request(activation, limit)) {
    case Answer::gone:
      // The launcher's thread has said how it ended.
      return false;
    case Answer::missed:
      say("the RT process " + std::to_string(engine.pid()) + " did not activate within " + std::to_string(limit) +
          " ms; the instance is closed." + logHint(engine.logFile()));
      // Its thread may go on in the region, which therefore cannot be used again.
      closeLocked();
      return false;
    case Answer::done:
      break;
  }
  if (exchange_->answer().status != 0) {
    say(refusalText(*region_, PB_STANDARD_ROLE_RT, engine.logFile()));
    return false;
  }
  noteAnswer(exchange_->answer());
  processor_->start(setup_.sampleRate, activation.frames);
  return true;
}

void Instance::noteAnswer(const pb_audio_slot& answer) noexcept {
  const std::int32_t tail = answer.tail_frames;
  tail_.store(tail == std::numeric_limits<std::int32_t>::max() ? Vst::kInfiniteTail
                                                               : static_cast<std::uint32_t>(std::max(tail, 0)),
              std::memory_order_relaxed);
  latency_.store(static_cast<std::uint32_t>(std::max(answer.latency_frames, 0)), std::memory_order_relaxed);
}

void Instance::deactivate() {
  if (!guard_.inOriginalProcess()) {
    return;
  }
  const std::lock_guard<std::mutex> lock(lifecycle_);
  deactivateLocked();
}

void Instance::deactivateLocked() {
  if (!active()) {
    return;
  }
  gate_.close();
  active_.store(false, std::memory_order_release);
  // The audio thread could not say it.
  if (processor_->takeRefusal() && seat_->alive()) {
    say(refusalText(*region_, PB_STANDARD_ROLE_RT, seat_->engine().logFile()));
  }
  BlockRequest deactivation;
  deactivation.kind = PB_REQUEST_DEACTIVATE;
  deactivation.sampleRate = setup_.sampleRate;
  // An RT that does not answer now makes a fresh module all the same when it is activated next.
  [[maybe_unused]] const Answer answer = request(deactivation, kDeactivateMillis);
}

void Instance::close() {
  if (!guard_.inOriginalProcess()) {
    return;
  }
  const std::lock_guard<std::mutex> lock(lifecycle_);
  deactivateLocked();
  closeLocked();
}

void Instance::closeLocked() {
  if (region_ == nullptr) {
    return;
  }
  const std::int64_t deadline = nowNanos() + kEndMillis * kNanosPerMilli;
  const auto left = [deadline] { return static_cast<int>(std::max<std::int64_t>(0, deadline - nowNanos()) / kNanosPerMilli); };
  control_->expectEnd();
  region_->setBridgeState(PB_ROLE_STATE_LEAVING);
  if (seat_ != nullptr && seat_->alive() && exchange_->mayRequest()) {
    BlockRequest quit;
    quit.kind = PB_REQUEST_QUIT;
    // The engine waits for the thread that serves it.
    exchange_->publish(quit);
  }
  leaveEngine(left());
  control_->endWithin(left());
  logging_ = nullptr;
  rtLog_->writeAll();
  rtLog_ = nullptr;
  // Only now, since control publishes its last state as it leaves.
  state_.disconnect();
  processor_ = nullptr;
  exchange_ = nullptr;
  control_ = nullptr;
  region_ = nullptr;
  generation_ = 0;
}

tresult Instance::process(Vst::ProcessData& data) noexcept {
  if (!guard_.inOriginalProcess()) {
    silenceOutputs(data);
    return kResultOk;
  }
  if (data.numSamples < 0) {
    return kInvalidArgument;
  }
  const bool sized = data.symbolicSampleSize == Vst::kSample32;
  if (!sized || !gate_.enter()) {
    absorbParameters(data.inputParameterChanges, image(), state_.values);
    silenceOutputs(data);
    return sized && data.numSamples == 0 ? kResultOk : kResultFalse;
  }
  if (processor_->process(data, gate_.wanted())) {
    noteAnswer(exchange_->answer());
  }
  gate_.leave();
  return kResultOk;
}

tresult Instance::saveState(IBStream& stream) {
  if (!guard_.inOriginalProcess()) {
    return kResultFalse;
  }
  return writeAll(stream, encodeState(image().parameters, state_.current())) ? kResultOk : kResultFalse;
}

tresult Instance::loadState(IBStream& stream) {
  State loaded;
  std::string error;
  if (!guard_.inOriginalProcess()) {
    return kResultFalse;
  }
  if (!decodeState(stream, image().parameters, loaded, error)) {
    say(error + "; nothing was changed");
    return kResultFalse;
  }
  for (std::size_t i = 0; i < loaded.values.size(); ++i) {
    view.set(i, loaded.values[i]);
  }
  state_.replace(std::move(loaded));
  return kResultOk;
}

tresult Instance::loadView(IBStream& stream) {
  State loaded;
  std::string error;
  if (!decodeState(stream, image().parameters, loaded, error)) {
    say(error + "; the controller shows what it showed before");
    return kResultFalse;
  }
  for (std::size_t i = 0; i < loaded.values.size(); ++i) {
    view.set(i, loaded.values[i]);
  }
  return kResultOk;
}

}  // namespace patchbay::bridge
