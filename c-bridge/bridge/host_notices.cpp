// SPDX-License-Identifier: Apache-2.0
#include "host_notices.h"

#include "instance.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

constexpr Linux::TimerInterval kTickMillis = 100;

}  // namespace

/** The run loop's timer. Hosts may hold it for longer than it is registered. */
class HostNotices::Ticker final : public Linux::ITimerHandler {
 public:
  explicit Ticker(HostNotices& notices) : notices_(&notices) {}
  virtual ~Ticker() = default;
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

  void stop() noexcept { notices_ = nullptr; }

  void PLUGIN_API onTimer() override {
    if (notices_ != nullptr) {
      notices_->deliver();
    }
  }

  tresult PLUGIN_API queryInterface(const TUID wanted, void** object) override {
    if (object == nullptr) {
      return kInvalidArgument;
    }
    *object = FUnknownPrivate::iidEqual(wanted, FUnknown::iid) || FUnknownPrivate::iidEqual(wanted, Linux::ITimerHandler_iid)
                  ? static_cast<Linux::ITimerHandler*>(this)
                  : nullptr;
    if (*object == nullptr) {
      return kNoInterface;
    }
    addRef();
    return kResultOk;
  }

  uint32 PLUGIN_API addRef() override { return references_.fetch_add(1, std::memory_order_relaxed) + 1; }

  uint32 PLUGIN_API release() override {
    const uint32 left = references_.fetch_sub(1, std::memory_order_acq_rel) - 1;
    if (left == 0) {
      delete this;
    }
    return left;
  }

 private:
  std::atomic<uint32> references_{1};
  HostNotices* notices_;  ///< of the UI thread alone
};

void HostNotices::attach(FUnknown* context) {
  detach();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    uiThread_ = std::this_thread::get_id();
  }
  void* loop = nullptr;
  if (context != nullptr && context->queryInterface(Linux::IRunLoop_iid, &loop) == kResultOk && loop != nullptr) {
    runLoop_ = owned(static_cast<Linux::IRunLoop*>(loop));
    ticker_ = new Ticker(*this);
    if (runLoop_->registerTimer(ticker_, kTickMillis) != kResultOk) {
      detach();
    }
  }
}

void HostNotices::detach() noexcept {
  if (ticker_ != nullptr) {
    ticker_->stop();
    runLoop_->unregisterTimer(ticker_);
    ticker_->release();
    ticker_ = nullptr;
  }
  runLoop_ = nullptr;
  setHandler(nullptr);
}

void HostNotices::setHandler(Vst::IComponentHandler* handler) noexcept {
  IPtr<Vst::IComponentHandler> former;
  const std::lock_guard<std::mutex> lock(mutex_);
  former = handler_;
  handler_ = handler;
}

IPtr<Vst::IComponentHandler> HostNotices::handler() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return handler_;
}

void HostNotices::deliver() {
  const std::uint32_t latency = instance_.latencySamples();
  if (latency == known_.load(std::memory_order_relaxed) || !instance_.active()) {
    return;
  }
  IPtr<Vst::IComponentHandler> handler;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (std::this_thread::get_id() == uiThread_) {
      handler = handler_;
    }
  }
  if (handler != nullptr) {
    // Before the call, in which the host may come back to us.
    latencyKnown(latency);
    handler->restartComponent(Vst::kLatencyChanged);
  }
}

}  // namespace patchbay::bridge
