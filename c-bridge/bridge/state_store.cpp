// SPDX-License-Identifier: Apache-2.0
#include "state_store.h"

#include <utility>

#include "log.h"

namespace patchbay::bridge {

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
}

void StateStore::publishBlob() {
  const std::lock_guard<std::mutex> lock(mutex_);
  readBlobLocked();
  if (epoch_ > 0 || !blob_.empty()) {
    ++epoch_;
    publishBlobLocked();
  }
}

void StateStore::publishValues() {
  const std::lock_guard<std::mutex> lock(mutex_);
  publishLocked();
}

void StateStore::disconnect() {
  const std::lock_guard<std::mutex> lock(mutex_);
  readBlobLocked();
  region_ = nullptr;
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
  if (region_ != nullptr &&
      pb_blob_write(&region_->stateToControl, blob_.data(), blob_.size(), epoch_) == 0) {
    log(image_->name, "control's part of the state has " + std::to_string(blob_.size()) +
                          " bytes, but the region has room for " + std::to_string(region_->stateToControl.count) +
                          ": it is kept for the host, but control does not get it");
  }
}

void StateStore::readBlobLocked() {
  if (region_ == nullptr) {
    return;
  }
  std::uint64_t sequence = 0;
  std::uint64_t epoch = 0;
  const std::int64_t length = pb_blob_read(&region_->stateFromControl, room_.data(), &sequence, &epoch);
  // What control published before it saw the host's last replacement is out of date.
  if (length >= 0 && epoch >= epoch_) {
    const std::vector<std::uint8_t> before = std::move(blob_);
    blob_.assign(room_.data(), room_.data() + length);
    followBlobLocked(epoch, before);
  }
}

void StateStore::followBlobLocked(std::uint64_t epoch, const std::vector<std::uint8_t>& before) {
  const bool answers = !blobKnown_ || epoch != blobEpoch_;
  blobChanged_ = blobChanged_ || (!answers && blob_ != before);
  blobKnown_ = true;
  blobEpoch_ = epoch;
}

bool StateStore::takeBlobChange() {
  const std::lock_guard<std::mutex> lock(mutex_);
  readBlobLocked();
  return std::exchange(blobChanged_, false);
}

}  // namespace patchbay::bridge
