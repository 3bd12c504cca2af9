// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>
#include <vector>

#include "native_renderer.h"
#include "region.h"
#include "workbench.h"

using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

namespace {

template <class Bits, class Value>
std::string hex(Value value) {
  Bits bits;
  std::memcpy(&bits, &value, sizeof bits);
  std::ostringstream text;
  text << std::hex << bits;
  return text.str();
}

/** A module that writes down how it is called, as the one in Java does. */
struct Recorder {
  std::vector<std::uint32_t> known;
  std::string lines;

  void note(const pb_event& event, bool placed) {
    lines += "event " + std::to_string(event.type) + " " + std::to_string(placed ? event.sample_offset : 0) + " " +
             std::to_string(event.channel) + " " + std::to_string(event.index) + " " + hex<std::uint64_t>(event.value) + "\n";
  }

  static void handle(void* self, const pb_rt_event* event) { static_cast<Recorder*>(self)->note(event->event, false); }

  static void process(void* self, const pb_rt_block* block) {
    auto& recorder = *static_cast<Recorder*>(self);
    recorder.lines += "process " + std::to_string(block->frames);
    for (std::size_t i = 0; i < recorder.known.size(); ++i) {
      std::uint32_t bits;
      std::memcpy(&bits, &block->normalized[i], sizeof bits);
      if (std::exchange(recorder.known[i], bits) != bits) {
        recorder.lines += " " + std::to_string(i) + "=" + hex<std::uint32_t>(bits);
      }
    }
    recorder.lines += "\n";
    for (std::int32_t i = 0; i < block->event_count; ++i) {
      recorder.note(block->events[i].event, true);
    }
  }
};

/** The region's bytes, and what changes them but RT. */
class Replay {
 public:
  Replay() {
    std::ifstream image(bundlePath("native") + "/Contents/Resources/region.image", std::ios::binary);
    std::vector<std::uint8_t> bytes((std::istreambuf_iterator<char>(image)), std::istreambuf_iterator<char>());
    std::string error;
    plugin_ = PluginImage::parse(std::move(bytes), error);
    REQUIRE_MESSAGE(plugin_ != nullptr, error);
    region_ = Region::create(*plugin_, error);
    REQUIRE_MESSAGE(region_ != nullptr, error);
    error = sections_.find(*region_, *plugin_);
    REQUIRE_MESSAGE(error.empty(), error);
    functions_.pb_rt_process = Recorder::process;
    functions_.pb_rt_handle_event = Recorder::handle;
    voiceSums_.resize(sections_.voiceLevels.count);
  }

  void patch(std::size_t at, const std::string& hexadecimal) {
    REQUIRE(at + hexadecimal.size() / 2 <= region_->mapping().length);
    for (std::size_t i = 0; i < hexadecimal.size(); i += 2) {
      region_->mapping().base[at + i / 2] = static_cast<std::uint8_t>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16));
    }
  }

  void song(bool whole, double rate) {
    recorder = {std::vector<std::uint32_t>(plugin_->parameters.size()), ""};
    pb_meter_writer_init(&voiceLevels_, &sections_.voiceLevels, voiceSums_.data(), rate);
    const NativeModule module = {functions_, &recorder, whole, static_cast<std::int32_t>(plugin_->audio.maxFrames)};
    renderer_ = std::make_unique<NativeRenderer>(*plugin_, sections_, module, rate, voiceLevels_);
  }

  void render(std::uint32_t slot) { renderer_->render(*static_cast<pb_audio_slot*>(pb_section_element(&region_->audio, slot))); }

  [[nodiscard]] std::string hash(const std::vector<std::pair<std::size_t, std::size_t>>& written) const {
    std::uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (const auto& [at, length] : written) {
      for (std::size_t i = 0; i < length; ++i) {
        hash = (hash ^ region_->mapping().base[at + i]) * UINT64_C(0x100000001B3);
      }
    }
    return hex<std::uint64_t>(hash);
  }

  Recorder recorder;

 private:
  std::shared_ptr<const PluginImage> plugin_;
  std::shared_ptr<Region> region_;
  NativeSections sections_;
  RtFunctions functions_;
  std::vector<pb_meter_sums> voiceSums_;
  pb_meter_writer voiceLevels_ = {};
  std::unique_ptr<NativeRenderer> renderer_;
};

}  // namespace

TEST_SUITE("native") {
  TEST_CASE("a native module is called with the parameters and events that the engine gives one in Java, bit for bit") {
    Replay replay;
    std::ifstream file(PB_TEST_TRACES);
    REQUIRE_MESSAGE(file.is_open(), "no file " << PB_TEST_TRACES);
    std::vector<std::pair<std::size_t, std::size_t>> written;
    std::string expected;
    int blocks = 0;
    int calls = 0;
    std::string text;
    while (std::getline(file, text)) {
      std::istringstream line(text);
      std::string word;
      line >> word;
      if (word == "written") {
        std::size_t at = 0;
        std::size_t length = 0;
        line >> at >> length;
        written.emplace_back(at, length);
      } else if (word == "patch") {
        std::size_t at = 0;
        std::string bytes;
        line >> at >> bytes;
        replay.patch(at, bytes);
      } else if (word == "song") {
        int whole = 0;
        std::uint64_t bits = 0;
        line >> whole >> std::hex >> bits;
        double rate;
        std::memcpy(&rate, &bits, sizeof rate);
        replay.song(whole != 0, rate);
      } else if (word == "render") {
        std::uint32_t slot = 0;
        line >> slot;
        replay.recorder.lines.clear();
        expected.clear();
        replay.render(slot);
        ++blocks;
      } else if (word == "process" || word == "event") {
        expected += text + "\n";
        ++calls;
      } else if (word == "hash") {
        REQUIRE_MESSAGE(replay.recorder.lines == expected, "block " << blocks);
        REQUIRE_MESSAGE("hash " + replay.hash(written) == text, "what RT writes after block " << blocks);
      }
    }
    CHECK(blocks == 24 * 150);
    CHECK(calls > 30'000);
  }
}
