// SPDX-License-Identifier: Apache-2.0
#include "wav_writer.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <string>
#include <utility>

#include "failure.h"

namespace patchbay::host {
namespace {

constexpr std::int64_t maxWavBytes = (std::int64_t{1} << 32) - 4096;

std::size_t ringFrames(double sampleRate, std::int32_t maxBlock) {
  const auto eightSeconds = static_cast<std::size_t>(std::ceil(8 * sampleRate));
  return std::clamp<std::size_t>(eightSeconds, static_cast<std::size_t>(maxBlock) * 16, std::size_t{1} << 20);
}

void sleepMicros(long micros) noexcept {
  const timespec pause = {0, micros * 1000};
  nanosleep(&pause, nullptr);
}

}  // namespace

WavWriter::WavWriter(const std::filesystem::path& path, double sampleRate, std::int32_t channels, std::int64_t frames,
                     std::int32_t maxBlock)
    : file_(path),
      channels_(channels),
      capacity_(ringFrames(sampleRate, maxBlock)),
      ring_(capacity_ * static_cast<std::size_t>(channels), 0.0F) {
  SF_INFO info = {};
  info.samplerate = static_cast<int>(std::lround(sampleRate));
  info.channels = channels;
  const bool small = frames * channels * std::int64_t{sizeof(float)} < maxWavBytes;
  info.format = (small ? SF_FORMAT_WAV : SF_FORMAT_RF64) | SF_FORMAT_FLOAT;
  sound_ = sf_open_fd(file_.descriptor(), SFM_WRITE, &info, SF_FALSE);
  if (sound_ == nullptr) {
    throw Failure(ExitStatus::output, path.string() + " cannot be written as WAV: " + sf_strerror(nullptr));
  }
  // The PEAK chunk holds the time of writing: without it equal renders give equal files.
  sf_command(sound_, SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
  thread_ = std::thread(&WavWriter::run, this);
}

WavWriter::~WavWriter() {
  finished_.store(true, std::memory_order_release);  // pairs with the acquire in run
  if (thread_.joinable()) {
    thread_.join();
  }
  if (sound_ != nullptr) {
    sf_close(sound_);
  }
}

bool WavWriter::append(const float* const* channels, std::int32_t samples) noexcept {
  const std::uint64_t start = written_.load(std::memory_order_relaxed);
  const auto count = static_cast<std::uint64_t>(samples);
  // pairs with the release of consumed_ in run: the frames before it are free to be overwritten
  while (start + count - consumed_.load(std::memory_order_acquire) > capacity_) {
    if (failed_.load(std::memory_order_relaxed)) {
      return false;
    }
    sleepMicros(200);
  }
  for (std::int32_t channel = 0; channel < channels_; ++channel) {
    std::size_t frame = start % capacity_;
    for (std::int32_t i = 0; i < samples; ++i) {
      ring_[frame * static_cast<std::size_t>(channels_) + static_cast<std::size_t>(channel)] = channels[channel][i];
      frame = frame + 1 == capacity_ ? 0 : frame + 1;
    }
  }
  written_.store(start + count, std::memory_order_release);  // pairs with the acquire in run
  return !failed_.load(std::memory_order_relaxed);
}

void WavWriter::run() {
  std::uint64_t consumed = 0;
  for (;;) {
    // Before written_, so that what was appended before finish() is seen.
    const bool last = finished_.load(std::memory_order_acquire);          // pairs with the release in finish
    const std::uint64_t written = written_.load(std::memory_order_acquire);  // pairs with the release in append
    if (consumed == written) {
      if (last) {
        return;
      }
      sleepMicros(1000);
      continue;
    }
    const std::size_t first = consumed % capacity_;
    const std::uint64_t count = std::min<std::uint64_t>(written - consumed, capacity_ - first);
    const float* frames = ring_.data() + first * static_cast<std::size_t>(channels_);
    const auto wanted = static_cast<sf_count_t>(count);
    if (sf_writef_float(sound_, frames, wanted) != wanted) {
      failed_.store(true, std::memory_order_relaxed);
      return;
    }
    consumed += count;
    consumed_.store(consumed, std::memory_order_release);  // pairs with the acquire in append
  }
}

void WavWriter::finish() {
  finished_.store(true, std::memory_order_release);  // pairs with the acquire in run
  thread_.join();
  SNDFILE* sound = std::exchange(sound_, nullptr);
  const std::string reason = sf_strerror(sound);
  const int closed = sf_close(sound);
  if (failed_.load(std::memory_order_relaxed) || closed != 0) {
    throw Failure(ExitStatus::output, file_.path().string() + " cannot be written: " + reason +
                                          "; check the space left on its disk");
  }
}

}  // namespace patchbay::host
