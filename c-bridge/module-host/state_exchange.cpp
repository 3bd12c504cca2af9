// SPDX-License-Identifier: Apache-2.0
#include "state_exchange.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace patchbay::modulehost {
namespace {

/** The bridge publishes when a host restores a state, which takes longer than a look. */
constexpr int kTries = 100;

}  // namespace

StateExchange::StateExchange(const Attachment& attachment, const Options& options)
    : to_(attachment.stateToControl),
      from_(attachment.stateFromControl),
      host_(options.host),
      id_(options.id),
      room_((std::size_t{std::max(to_.count, from_.count)} + 7) / 8 * 8) {
  std::uint64_t sequence = 0;
  std::uint64_t epoch = 0;
  const std::int64_t length = pb_blob_read(&from_, room_.data(), &sequence, &epoch);
  if (length < 0 || !former_.decode(room_.data(), static_cast<std::size_t>(length))) {
    former_ = {};
  }
}

bridge::StateMemory* StateExchange::memory(std::unique_ptr<bridge::StateMemory>& held, const char* prefix,
                                           std::string& error) const {
  if (held == nullptr) {
    held = bridge::StateMemory::find(host_, prefix + id_, error);
  }
  return held.get();
}

std::uint64_t StateExchange::published() const noexcept {
  // Acquire: pairs with the release of the bridge's pb_blob_write.
  return __atomic_load_n(&reinterpret_cast<const pb_blob_head*>(to_.base)->published, __ATOMIC_ACQUIRE);
}

std::optional<std::vector<std::uint8_t>> StateExchange::take(std::string& error) {
  if (published() == seen_) {
    return std::nullopt;
  }
  for (int tries = 0; tries < kTries; ++tries) {
    std::uint64_t sequence = 0;
    std::uint64_t epoch = 0;
    const std::int64_t length = pb_blob_read(&to_, room_.data(), &sequence, &epoch);
    if (length < 0) {
      return std::nullopt;
    }
    seen_ = sequence;
    seenEpoch_ = epoch;
    const auto count = static_cast<std::size_t>(length);
    if (!bridge::StateReference::begins(room_.data(), count)) {
      return std::vector<std::uint8_t>(room_.data(), room_.data() + count);
    }
    bridge::StateReference reference;
    if (!reference.decode(room_.data(), count)) {
      error = "the bridge says in an unknown form where it lies";
      return std::nullopt;
    }
    const bridge::StateMemory* const from = memory(memoryTo_, bridge::kStateToControl, error);
    if (from == nullptr) {
      return std::nullopt;
    }
    std::vector<std::uint8_t> bytes;
    const bool whole = from->read(reference, bytes);
    // Its place is used again only after another was published.
    std::atomic_thread_fence(std::memory_order_acquire);
    if (published() == seen_) {
      if (whole) {
        return bytes;
      }
      error = "it is not where the bridge says that it lies";
      return std::nullopt;
    }
  }
  return std::nullopt;
}

void StateExchange::accept() {
  epoch_ = seenEpoch_;
  published_.reset();
}

bool StateExchange::publish(const std::vector<std::uint8_t>& state, std::string& error) {
  if (published_ == state) {
    return false;
  }
  // Also where it fails: once is enough to be told.
  published_ = state;
  if (!isLarge(state) && !bridge::StateReference::begins(state.data(), state.size())) {
    if (pb_blob_write(&from_, state.data(), state.size(), epoch_) == 0) {
      error = "the region has room for " + std::to_string(from_.count) + " bytes only";
      return false;
    }
    if (memoryFrom_ != nullptr) {
      memoryFrom_->clear();
    }
    return true;
  }
  bridge::StateMemory* const to = memory(memoryFrom_, bridge::kStateFromControl, error);
  if (to == nullptr) {
    return false;
  }
  if (former_.length > 0) {
    to->known(std::exchange(former_, {}));
  }
  bridge::StateReference reference;
  if (!to->write(state, reference, error)) {
    return false;
  }
  const std::vector<std::uint8_t> bytes = reference.encode();
  if (pb_blob_write(&from_, bytes.data(), bytes.size(), epoch_) == 0) {
    error = "the region has room for " + std::to_string(from_.count) + " bytes only";
    return false;
  }
  return true;
}

}  // namespace patchbay::modulehost
