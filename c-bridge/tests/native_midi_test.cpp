// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>

#include "midi_mapper.h"
#include "plugin_image.h"
#include "region.h"
#include "workbench.h"

using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

namespace {

/** Parameters that write their changes down as the file does. */
class Values final : public MidiMovement::Target {
 public:
  explicit Values(std::size_t count) : values_(count) {}
  virtual ~Values() = default;

  [[nodiscard]] float value(std::int32_t index) const noexcept override {
    return values_[static_cast<std::size_t>(index)];
  }

  void change(std::int32_t index, float normalized) noexcept override {
    values_[static_cast<std::size_t>(index)] = normalized;
    std::uint32_t bits;
    std::memcpy(&bits, &normalized, sizeof bits);
    changes += "change " + std::to_string(index) + " " + std::to_string(bits) + "\n";
  }

  std::string changes;

 private:
  std::vector<float> values_;
};

double number(std::istringstream& line) {
  std::string word;
  line >> word;
  return std::strtod(word.c_str(), nullptr);
}

pb_standard_midi_mapping entryOf(std::istringstream& line) {
  pb_standard_midi_mapping entry = {};
  line >> entry.source >> entry.channel >> entry.number >> entry.mode >> entry.parameter_index;
  entry.minimum = number(line);
  entry.maximum = number(line);
  entry.exponent = number(line);
  entry.step = number(line);
  return entry;
}

}  // namespace

TEST_SUITE("native") {
  TEST_CASE("a MIDI map moves parameters bit for bit as it does in Java") {
    std::ifstream image(bundlePath("native") + "/Contents/Resources/region.image", std::ios::binary);
    std::vector<std::uint8_t> bytes((std::istreambuf_iterator<char>(image)), std::istreambuf_iterator<char>());
    std::string error;
    const auto plugin = PluginImage::parse(std::move(bytes), error);
    REQUIRE_MESSAGE(plugin != nullptr, error);
    const std::shared_ptr<Region> region = Region::create(*plugin, error);
    REQUIRE_MESSAGE(region != nullptr, error);
    pb_section map;
    REQUIRE(PB_FIND(&region->mapping(), PB_STANDARD_MIDI_MAP, &map) != 0);
    Values values(plugin->parameters.size());
    MidiMapper mapper(map, static_cast<std::int32_t>(plugin->parameters.size()), values);
    std::ifstream file(std::string(PB_TEST_BUNDLES) + "/images/midi.txt");
    std::vector<pb_standard_midi_mapping> entries;
    std::string expected;
    int events = 0;
    int changes = 0;
    std::string text;
    while (std::getline(file, text)) {
      std::istringstream line(text);
      std::string word;
      line >> word;
      if (word != "change" && values.changes != expected) {
        FAIL("before \"" << text << "\": Java made " << expected << ", C++ made " << values.changes);
      }
      if (word == "round") {
        entries.clear();
      } else if (word == "entry") {
        entries.push_back(entryOf(line));
      } else if (word == "play") {
        REQUIRE(entries.size() < map.count);
        entries.emplace_back();
        std::memcpy(pb_triple_writer(&map), entries.data(), entries.size() * sizeof entries[0]);
        pb_triple_publish(&map);
        mapper.refresh();
      } else if (word == "event") {
        int type = 0;
        int channel = 0;
        pb_event event = {};
        line >> type >> channel >> event.index;
        event.type = static_cast<std::uint16_t>(type);
        event.channel = static_cast<std::int16_t>(channel);
        event.note_id = -1;
        event.value = number(line);
        REQUIRE(pb_event_is_valid(&event) != 0);
        expected.clear();
        values.changes.clear();
        mapper.event(event);
        ++events;
      } else if (word == "change") {
        expected += text + "\n";
        ++changes;
      }
    }
    CHECK(values.changes == expected);
    CHECK(events == 60 * 400);
    CHECK(changes > 3'000);
  }
}
