// SPDX-License-Identifier: Apache-2.0
#include "instance.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "clock.h"
#include "engine_pool.h"
#include "jar_copies.h"
#include "latency_parameter.h"
#include "live_instances.h"
#include "log.h"
#include "pluginterfaces/vst/ivstparameterchanges.h"
#include "state_container.h"
#include "stream.h"
#include "urgent_call.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

constexpr int kDeactivateMillis = 1000;

bool isSampleSize(int32 size) noexcept { return size == Vst::kSample32 || size == Vst::kSample64; }

/** What the host waits for itself is waited for to the end. */
const std::atomic<bool> kAlways{true};

}  // namespace

Instance::Instance(std::shared_ptr<const Bundle> bundle)
    : view(bundle->image->parameters),
      buses(*bundle->image),
      bundle_(std::move(bundle)),
      state_(bundle_->image),
      edits_(*bundle_->image),
      link_(std::make_shared<EngineLink>()),
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
  [[maybe_unused]] const auto* native = native_.release();
  [[maybe_unused]] const auto* control = control_.release();
  [[maybe_unused]] const auto* spare = new std::shared_ptr<EngineSpare>(spare_);
  [[maybe_unused]] const auto* socket = new std::shared_ptr<ControlSocket>(socket_);
  [[maybe_unused]] const auto* care = new std::shared_ptr<HeapCare>(heapCare_);
  [[maybe_unused]] const auto* watch = new std::shared_ptr<JarWatch>(jarWatch_);
  // Their threads did not come along, and cannot be waited for.
  [[maybe_unused]] const auto* repairs = new Repairs(repairs_);
  [[maybe_unused]] const auto* swap = new std::shared_ptr<RepairThread>(engineSwap_);
}

void Instance::say(const std::string& sentence) const noexcept {
  if (!sentence.empty()) {
    log(image().name, sentence);
  }
}

bool Instance::setUp(const Vst::ProcessSetup& setup) {
  if (!guard_.inOriginalProcess() || !isSampleSize(setup.symbolicSampleSize) || setup.maxSamplesPerBlock < 1 ||
      !std::isfinite(setup.sampleRate) || setup.sampleRate <= 0) {
    return false;
  }
  const std::lock_guard<std::mutex> lock(setupMutex_);
  const bool same = setup.sampleRate >= setup_.sampleRate && setup.sampleRate <= setup_.sampleRate &&
                    setup.maxSamplesPerBlock == setup_.maxSamplesPerBlock;
  if (active() && !same) {
    return false;
  }
  setup_ = setup;
  return true;
}

Vst::ProcessSetup Instance::setup() {
  const std::lock_guard<std::mutex> lock(setupMutex_);
  return setup_;
}

std::int32_t Instance::largestBlock(const Vst::ProcessSetup& setup) const {
  const auto most = static_cast<std::int32_t>(
      std::min<std::uint32_t>(image().audio.maxFrames, std::numeric_limits<std::int32_t>::max()));
  return std::min(setup.maxSamplesPerBlock, most);
}

bool Instance::activate() {
  if (!guard_.inOriginalProcess()) {
    return false;
  }
  // Also while a dead process is being replaced, which may take a while.
  if (active()) {
    return true;
  }
  // No call that ends a repair: if another thread activates first, its engine may have died since.
  const std::lock_guard<std::mutex> lock(lifecycle_);
  if (active()) {
    return true;
  }
  if (!ensureRegion()) {
    return false;
  }
  engineRestarts_->forgive();
  controlRestarts_.forgive();
  // RT's last changes count as values of ours before ours are published: they may have come after its last answer.
  processor_->takeChanges(state_.replacements());
  state_.publishValues();
  region_->setBusChannels(buses);
  switch (startEngine(kAlways)) {
    case Start::ready:
      break;
    case Start::stuck:
      closeLocked();
      return false;
    case Start::refused:
    case Start::gone:
    case Start::interrupted:
      return false;
  }
  // A host asks for it after each activation.
  latencyTold_ = latencySamples();
  const Vst::ProcessSetup now = setup();
  if (now.processMode == Vst::kOffline) {
    // What control makes of the state, automation and the MIDI map, is played from the first block on.
    awaitControl();
  }
  processor_->start(now.sampleRate, largestBlock(now));
  link_->open();
  active_.store(true, std::memory_order_release);
  gate_.open();
  keepSpare(now);
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
  processor_ = std::make_unique<BlockProcessor>(bundle_->image, buses, *exchange_, state_, view, edits_, *link_);
  region_ = std::move(region);
  engineRestarts_ = EnginePool::ofThisLibrary().restarts(*bundle_);
  if (repairs_.engine == nullptr) {
    repairs_.control = std::make_shared<RepairThread>([this](RepairThread& repair) { repairControl(repair); });
    repairs_.engine = std::make_shared<RepairThread>([this](RepairThread& repair) { repairEngine(repair); });
  }
  {
    const std::lock_guard<std::mutex> lock(swapMutex_);
    if (engineSwap_ == nullptr) {
      engineSwap_ = std::make_shared<RepairThread>([this](RepairThread& /*swap*/) { obeySwap(); });
    }
    regionId_ = region_->id();
    shownRegion_ = region_;
  }
  state_.connect(region_);
  std::string complaint;
  socket_ = ControlSocket::acquire(complaint);
  say(complaint);
  heapCare_ = HeapCare::acquire();
  JarCopies::sweep();
  complaint.clear();
  jarWatch_ = JarWatch::acquire(bundle_, complaint);
  say(complaint);
  return true;
}

void Instance::deactivate() {
  if (!guard_.inOriginalProcess()) {
    return;
  }
  const UrgentCall call(*this);
  deactivateLocked();
}

void Instance::deactivateLocked() {
  if (!active()) {
    return;
  }
  gate_.close();
  active_.store(false, std::memory_order_release);
  const bool refused = processor_->takeRefusal();
  if (engineMissing()) {
    return;
  }
  if (refused) {
    // The audio thread could not say it.
    say(refusalText(*region_, PB_STANDARD_ROLE_RT, engineLog()));
  }
  BlockRequest deactivation;
  deactivation.kind = PB_REQUEST_DEACTIVATE;
  deactivation.sampleRate = setup().sampleRate;
  // An RT that does not answer now makes a fresh module all the same when it is activated next.
  [[maybe_unused]] const Answer answer = request(deactivation, kDeactivateMillis, kAlways);
}

void Instance::close() {
  if (!guard_.inOriginalProcess()) {
    return;
  }
  // The tools' threads may wait for a swap of ours, so they are given up last.
  std::shared_ptr<ControlSocket> socket;
  std::shared_ptr<HeapCare> care;
  std::shared_ptr<JarWatch> watch;
  Repairs dismissed;
  Swap swap;
  {
    const UrgentCall call(*this);
    deactivateLocked();
    closeLocked();
    // Here and now: an activation on another thread makes new ones.
    dismissed = dismissRepairs();
    swap = dismissSwap();
    socket.swap(socket_);
    care.swap(heapCare_);
    watch.swap(jarWatch_);
  }
  // They may be waiting for the lifecycle, so not while it is ours; with nothing left to repair, they end at once.
  for (const std::shared_ptr<RepairThread>& repair : {dismissed.engine, dismissed.control, swap.thread}) {
    if (repair != nullptr) {
      repair->stop();
    }
  }
  if (swap.order != nullptr) {
    swap.order->finish({false, "The instance was closed before it was swapped."});
  }
}

void Instance::closeLocked() {
  if (region_ == nullptr) {
    return;
  }
  const std::int64_t deadline = nowNanos() + kEndMillis * kNanosPerMilli;
  const auto left = [deadline] { return static_cast<int>(std::max<std::int64_t>(0, deadline - nowNanos()) / kNanosPerMilli); };
  control_->expectEnd();
  region_->setBridgeState(PB_ROLE_STATE_LEAVING);
  askToQuit();
  // Nobody uses the region after this, whether or not an engine lets go of it.
  [[maybe_unused]] const bool free = leaveEngine(left());
  // No audio is inside: the gate is closed.
  native_ = nullptr;
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
  // The last instance to let go of it ends it.
  spare_ = nullptr;
  const std::lock_guard<std::mutex> lock(swapMutex_);
  regionId_.clear();
}

tresult Instance::process(Vst::ProcessData& data) noexcept {
  if (!guard_.inOriginalProcess()) {
    silenceOutputs(data);
    return kResultOk;
  }
  // Of what size its samples are, nobody can know then.
  if (data.numSamples < 0 || !isSampleSize(data.symbolicSampleSize)) {
    return kInvalidArgument;
  }
  if (!gate_.enter()) {
    absorbParameters(data.inputParameterChanges, image(), state_.values);
    silenceOutputs(data);
    return data.numSamples == 0 ? kResultOk : kResultFalse;
  }
  if (const std::optional<Answered> answered = processor_->process(data, gate_.wanted())) {
    note(*answered);
  }
  tellLatency(data.outputParameterChanges);
  gate_.leave();
  return kResultOk;
}

void Instance::tellLatency(Vst::IParameterChanges* changes) noexcept {
  const std::uint32_t latency = latencySamples();
  if (changes == nullptr || latency == latencyTold_) {
    return;
  }
  int32 place = 0;
  Vst::IParamValueQueue* queue = changes->addParameterData(LatencyParameter::kId, place);
  // A host whose list is full is told with the next block.
  if (queue != nullptr && queue->addPoint(0, LatencyParameter::normalized(latency), place) == kResultOk) {
    latencyTold_ = latency;
  }
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
