// SPDX-License-Identifier: Apache-2.0
#include "state_store.h"

#include <utility>

#include "log.h"

namespace patchbay::bridge {
namespace {

/** Control publishes at most some hundred times a second. */
constexpr int kTries = 100;

}  // namespace

StateStore::StateStore(std::shared_ptr<const PluginImage> image)
    : values(image->parameters), image_(std::move(image)) {}

State StateStore::current() {
  const std::lock_guard<std::mutex> lock(mutex_);
  readBlobLocked();
  blobChanged_ = false;
  State state;
  state.values.reserve(image_->parameters.size());
  for (std::size_t i = 0; i < image_->parameters.size(); ++i) {
    state.values.push_back(values.get(i));
  }
  state.blob = blob_;
  return state;
}

void StateStore::replace(State state) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // Sequentially consistent, before the values and after the publication: see BlockProcessor::takeChanges.
  replacements_.fetch_add(1, std::memory_order_seq_cst);
  for (std::size_t i = 0; i < state.values.size(); ++i) {
    values.set(i, state.values[i]);
  }
  blob_ = std::move(state.blob);
  blobChanged_ = false;
  ++epoch_;
  publishLocked();
  publishBlobLocked();
  replacements_.fetch_add(1, std::memory_order_seq_cst);
}

void StateStore::connect(const std::shared_ptr<Region>& region) {
  const std::lock_guard<std::mutex> lock(mutex_);
  region_ = region;
  blobKnown_ = false;
  changes_.assign(region->parametersFromHost.count, pb_parameter_change{});
  transaction_ = pb_parameter_changes_take_over(&region->parametersFromHost, changes_.data());
  room_.resize((std::size_t{region->stateFromControl.count} + 7) / 8 * 8);
  read_ = 0;
  // Now: control finds it when it first needs it, and what it writes there outlives it.
  std::string error;
  fromControl_ = StateMemory::create(kStateFromControl + region->id(), error);
  if (fromControl_ == nullptr) {
    log(image_->name, error + "; states of more than " + std::to_string(region->stateFromControl.count) +
                          " bytes are not saved");
  }
}

void StateStore::publishBlob() {
  const std::lock_guard<std::mutex> lock(mutex_);
  readBlobLocked();
  if (epoch_ > 0 || !blob_.empty()) {
    ++epoch_;
    publishBlobLocked();
  }
}

bool StateStore::controlOwesAnswer() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (region_ == nullptr || blob_.empty()) {
    return false;
  }
  std::uint64_t sequence = 0;
  std::uint64_t epoch = 0;
  return pb_blob_read(&region_->stateFromControl, room_.data(), &sequence, &epoch) < 0 || epoch < epoch_;
}

void StateStore::publishValues() {
  const std::lock_guard<std::mutex> lock(mutex_);
  publishLocked();
}

void StateStore::disconnect() {
  const std::lock_guard<std::mutex> lock(mutex_);
  readBlobLocked();
  region_ = nullptr;
  fromControl_ = nullptr;
  toControl_ = nullptr;
}

void StateStore::publishLocked() {
  if (region_ == nullptr) {
    return;
  }
  transaction_ = pb_parameter_changes_after(transaction_);
  for (std::size_t i = 0; i < image_->parameters.size(); ++i) {
    changes_[i] = {static_cast<float>(values.get(i)), transaction_};
  }
  pb_parameter_changes_publish(&region_->parametersFromHost, changes_.data());
}

void StateStore::publishBlobLocked() {
  if (region_ == nullptr) {
    return;
  }
  const pb_section& blob = region_->stateToControl;
  if (blob_.size() <= blob.count && !StateReference::begins(blob_.data(), blob_.size())) {
    [[maybe_unused]] const int fits = pb_blob_write(&blob, blob_.data(), blob_.size(), epoch_);
    if (toControl_ != nullptr) {
      toControl_->clear();
    }
    return;
  }
  std::string error;
  if (toControl_ == nullptr) {
    toControl_ = StateMemory::create(kStateToControl + region_->id(), error);
  }
  StateReference reference;
  if (toControl_ != nullptr && toControl_->write(blob_, reference, error)) {
    const std::vector<std::uint8_t> bytes = reference.encode();
    if (pb_blob_write(&blob, bytes.data(), bytes.size(), epoch_) != 0) {
      return;
    }
    error = "the region has room for " + std::to_string(blob.count) + " bytes only";
  }
  log(image_->name, "control's part of the state has " + std::to_string(blob_.size()) +
                        " bytes, and control does not get it: " + error + "; it is kept for the host");
}

void StateStore::readBlobLocked() {
  if (region_ == nullptr) {
    return;
  }
  const pb_section& blob = region_->stateFromControl;
  const auto* head = reinterpret_cast<const pb_blob_head*>(blob.base);
  for (int tries = 0; tries < kTries; ++tries) {
    std::uint64_t sequence = 0;
    std::uint64_t epoch = 0;
    const std::int64_t length = pb_blob_read(&blob, room_.data(), &sequence, &epoch);
    // What control published before it saw the host's last replacement is out of date.
    if (length < 0 || sequence == read_ || epoch < epoch_) {
      return;
    }
    if (!StateReference::begins(room_.data(), static_cast<std::size_t>(length))) {
      read_ = sequence;
      takeBlobLocked(epoch, std::vector<std::uint8_t>(room_.data(), room_.data() + length));
      return;
    }
    StateReference reference;
    std::vector<std::uint8_t> bytes;
    const bool whole = reference.decode(room_.data(), static_cast<std::size_t>(length)) && fromControl_ != nullptr &&
                       fromControl_->read(reference, bytes);
    // Acquire: its place is used again only after another was published, so who still finds this one has read it whole.
    std::atomic_thread_fence(std::memory_order_acquire);
    if (__atomic_load_n(&head->published, __ATOMIC_ACQUIRE) != sequence) {
      continue;
    }
    read_ = sequence;
    if (whole) {
      takeBlobLocked(epoch, std::move(bytes));
    } else {
      log(image_->name, "control says that its state lies where it does not; the one before it is kept");
    }
    return;
  }
}

void StateStore::takeBlobLocked(std::uint64_t epoch, std::vector<std::uint8_t> bytes) {
  const bool answers = !blobKnown_ || epoch != blobEpoch_;
  blobChanged_ = blobChanged_ || (!answers && bytes != blob_);
  blobKnown_ = true;
  blobEpoch_ = epoch;
  blob_ = std::move(bytes);
}

bool StateStore::takeBlobChange() {
  const std::lock_guard<std::mutex> lock(mutex_);
  // Asked several times a second, so it looks before it copies. Acquire: pairs with control's release.
  if (region_ != nullptr &&
      __atomic_load_n(&reinterpret_cast<const pb_blob_head*>(region_->stateFromControl.base)->published, __ATOMIC_ACQUIRE) != read_) {
    readBlobLocked();
  }
  return std::exchange(blobChanged_, false);
}

}  // namespace patchbay::bridge
