// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "event_list.h"
#include "event_output.h"
#include "images.h"

using namespace Steinberg;
using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

namespace {

/** A module that plays notes to a host, of which this tells as "on 60/7", "off 60/7". */
class Notes {
 public:
  explicit Notes(std::size_t room = 64) : list_(room) { REQUIRE(pb_event_queue_over(&queue_, &region_->rtEventSlots) == nullptr); }

  void on(std::int32_t key, std::int32_t id) {
    pb_event event;
    pb_event_note_on(&event, 0, 0, key, id, 1.0, 0.0);
    REQUIRE(pb_event_queue_offer(&queue_, &event) != 0);
  }
  void off(std::int32_t key, std::int32_t id) {
    pb_event event;
    pb_event_note_off(&event, 0, 0, key, id, 0.0);
    REQUIRE(pb_event_queue_offer(&queue_, &event) != 0);
  }
  /** A block, of which the host takes so many events as it has room for. */
  std::string play(bool ends = false) {
    Vst::ProcessData data;
    data.outputEvents = &list_;
    output_.begin(data);
    const pb_audio_slot answer = {};
    output_.take(*region_, answer, 0, 64);
    if (ends) {
      output_.endNotes(0);
    }
    std::string text;
    for (int32 i = 0; i < list_.getEventCount(); ++i) {
      Vst::Event event = {};
      REQUIRE(list_.getEvent(i, event) == kResultOk);
      const bool starts = event.type == Vst::Event::kNoteOnEvent;
      text += (text.empty() ? "" : ", ") + std::string(starts ? "on " : "off ") +
              std::to_string(starts ? event.noteOn.pitch : event.noteOff.pitch) + "/" +
              std::to_string(starts ? event.noteOn.noteId : event.noteOff.noteId);
    }
    list_.clear();
    return text;
  }

 private:
  const std::shared_ptr<const PluginImage> image_ = imageOf("rich");
  const std::shared_ptr<Region> region_ = regionOf(*image_);
  pb_event_queue queue_ = {};
  EventOutput output_{*image_};
  patchbay::host::EventList list_;
};

}  // namespace

TEST_SUITE("parts") {
  TEST_CASE("two notes of one key that a module plays to the host are ended each by its own id") {
    Notes notes;
    notes.on(60, 1);
    notes.on(60, 2);
    CHECK(notes.play() == "on 60/1, on 60/2");
    notes.off(60, 1);
    CHECK(notes.play() == "off 60/1");
    CHECK(notes.play(true) == "off 60/2");
    CHECK(notes.play(true) == "");
    notes.on(61, 3);
    notes.on(61, 4);
    notes.off(61, -1);
    CHECK(notes.play(true) == "on 61/3, on 61/4, off 61/-1");
  }

  TEST_CASE("ends of notes that the host has no room for come first with the next block") {
    Notes notes(2);
    notes.on(60, 1);
    notes.on(60, 2);
    CHECK(notes.play() == "on 60/1, on 60/2");
    notes.on(62, 5);
    notes.on(63, 6);
    notes.off(60, 2);
    CHECK(notes.play() == "on 62/5, on 63/6");
    CHECK(notes.play() == "off 60/2");
    CHECK(notes.play(true) == "off 60/1, off 62/5");
    CHECK(notes.play() == "off 63/6");
    CHECK(notes.play(true) == "");
  }
}
