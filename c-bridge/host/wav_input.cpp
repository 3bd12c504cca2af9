// SPDX-License-Identifier: Apache-2.0
#include "wav_input.h"

#include <sndfile.h>

#include <algorithm>
#include <memory>

#include "failure.h"

namespace patchbay::host {

WavInput::WavInput(const std::filesystem::path& path, std::int32_t sampleRate) {
  SF_INFO info = {};
  const std::unique_ptr<SNDFILE, int (*)(SNDFILE*)> file(sf_open(path.c_str(), SFM_READ, &info), sf_close);
  const std::string named = "the file " + path.string() + " of --in ";
  if (file == nullptr) {
    throw Failure(ExitStatus::usage, named + "cannot be read: " + sf_strerror(nullptr) + "; expected a WAV file or the like");
  }
  if (info.samplerate != sampleRate) {
    throw Failure(ExitStatus::usage, named + "has a sample rate of " + std::to_string(info.samplerate) +
                                         " Hz, but the render has " + std::to_string(sampleRate) +
                                         "; give --rate " + std::to_string(info.samplerate));
  }
  channels_ = info.channels;
  // Piece by piece: what the file says of its length need not be true.
  constexpr std::size_t kPiece = 1 << 16;
  const auto width = static_cast<std::size_t>(channels_);
  for (sf_count_t got = 1; got > 0; frames_ += got) {
    const std::size_t there = static_cast<std::size_t>(frames_) * width;
    samples_.resize(there + kPiece * width);
    got = std::max<sf_count_t>(0, sf_readf_float(file.get(), samples_.data() + there, kPiece));
  }
  samples_.resize(static_cast<std::size_t>(frames_) * width);
}

void WavInput::fill(Steinberg::Vst::AudioBusBuffers& bus, std::int64_t start, std::int32_t frames) const noexcept {
  const auto there = static_cast<std::int32_t>(std::clamp<std::int64_t>(frames_ - start, 0, frames));
  for (std::int32_t c = 0; there > 0 && c < bus.numChannels; ++c) {
    const std::int32_t from = channels_ == 1 ? 0 : c;
    if (from >= channels_) {
      break;
    }
    const float* source = samples_.data() + static_cast<std::size_t>(start) * static_cast<std::size_t>(channels_) + from;
    for (std::int32_t i = 0; i < there; ++i) {
      bus.channelBuffers32[c][i] = source[static_cast<std::size_t>(i) * static_cast<std::size_t>(channels_)];
    }
    bus.silenceFlags &= ~(Steinberg::uint64{1} << c);
  }
}

}  // namespace patchbay::host
