// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>

#include <memory>

#include "player.h"
#include "view_host.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

constexpr Vst::ParamID kLevel = 10;

/** What control and RT write into the region of the only instance. */
class Inside {
 public:
  /** As control does while somebody holds a parameter. */
  void hold(std::uint32_t index, bool holds) {
    auto* cell = static_cast<std::int32_t*>(pb_section_element(&held_, index));
    __atomic_store_n(cell, holds ? 1 : 0, __ATOMIC_RELEASE);
  }

  /** As RT does when control has changed a parameter. */
  void change(std::uint32_t index, float value) {
    pb_float_set_release(static_cast<float*>(pb_section_element(&parameters_, index)), value);
    pb_dirty_set(&dirty_, index);
  }

  [[nodiscard]] float playing(std::uint32_t index) {
    return pb_float_get_acquire(static_cast<const float*>(pb_section_element(&parameters_, index)));
  }

  /** As control does. */
  void publishState(const std::string& bytes) {
    REQUIRE(pb_blob_write(&state_, bytes.data(), bytes.size(), 0) != 0);
  }

  const RegionView region;

 private:
  pb_section held_ = region.section(PB_STANDARD_HELD_NAME, PB_STANDARD_HELD_HASH);
  pb_section parameters_ = region.section(PB_STANDARD_PARAMETERS_NAME, PB_STANDARD_PARAMETERS_HASH);
  pb_section dirty_ = region.section(PB_STANDARD_DIRTY_FROM_RT_NAME, PB_STANDARD_DIRTY_FROM_RT_HASH);
  pb_section state_ = region.section(PB_STANDARD_STATE_FROM_CONTROL_NAME, PB_STANDARD_STATE_FROM_CONTROL_HASH);
};

/** A plug-in that plays, with its view in a host that writes edits down. */
struct Edited {
  Edited() {
    REQUIRE(player.start());
    player.controller->setComponentHandler(&log);
    inside = std::make_unique<Inside>();
    REQUIRE(eventually([&] { return inside->region.role(PB_STANDARD_ROLE_CONTROL).state == PB_ROLE_STATE_READY; }));
    open = std::make_unique<OpenView>(*player.controller);
    REQUIRE(open->attached == kResultOk);
    open->frame.turn();
    // The values that RT starts from come with the first block.
    CHECK(play() == "");
  }

  ~Edited() { player.controller->setComponentHandler(nullptr); }

  /** Plays a block, and says what left it as "10 0.25 …". */
  std::string play(Vst::ParamID set = 0, double value = 0) {
    Block block(16);
    if (set != 0) {
      block.set(set, 0, value);
    }
    REQUIRE(player.play(block) == kResultOk);
    std::string left;
    for (int32 i = 0; i < block.out.getParameterCount(); ++i) {
      int32 offset = 0;
      Vst::ParamValue out = 0;
      Vst::IParamValueQueue* queue = block.out.getParameterData(i);
      REQUIRE(queue->getPoint(0, offset, out) == kResultOk);
      char text[64];
      std::snprintf(text, sizeof text, "%s%u %g", left.empty() ? "" : " ", queue->getParameterId(), out);
      left += text;
    }
    return left;
  }

  /** Runs the host's loop until the log is this, and empties it. */
  void expect(const std::string& told) {
    const bool came = open->frame.until([&] { return log.text() == told; }, 5'000);
    CHECK_MESSAGE(came, "told: " << log.text());
    [[maybe_unused]] const std::string taken = log.take();
  }

  /** Runs it for longer than a gesture rests. */
  void expectNothing() {
    const std::int64_t end = nowMillis() + 300;
    CHECK(open->frame.until([&] { return nowMillis() > end; }));
    CHECK(log.text() == "");
  }

  XServer server;
  Player player;
  EditLog log;
  std::unique_ptr<Inside> inside;
  std::unique_ptr<OpenView> open;
};

}  // namespace

TEST_SUITE("edits") {
  TEST_CASE("what somebody holds and moves in control reaches the host as one gesture") {
    Edited edited;
    edited.inside->hold(0, true);
    edited.expect("begin 10");
    edited.inside->change(0, 0.25F);
    CHECK(edited.play() == "");
    edited.expect("perform 10 0.25");
    CHECK(edited.player.controller->getParamNormalized(kLevel) == 0.25);
    edited.expectNothing();
    edited.inside->change(0, 0.5F);
    edited.play();
    edited.inside->change(0, 0.75F);
    edited.play();
    // Let go of before the host was told of the last value, which belongs to the gesture all the same.
    edited.inside->hold(0, false);
    edited.expect("perform 10 0.75, end 10");
    edited.expectNothing();
  }

  TEST_CASE("a change that nobody holds is a gesture of its own, and many at once are a group") {
    Edited edited;
    edited.inside->change(0, 0.25F);
    CHECK(edited.play() == "");
    edited.expect("begin 10, perform 10 0.25, end 10");
    edited.inside->change(0, 0.5F);
    edited.inside->change(1, 0.125F);
    edited.inside->change(2, 1.0F);
    CHECK(edited.play() == "");
    edited.expect(
        "group(, begin 10, perform 10 0.5, end 10, begin 20, perform 20 0.125, end 20, begin 30, perform 30 1, end 30, )");
    edited.expectNothing();
  }

  TEST_CASE("what hosts may not change leaves process as before, also while a view is open") {
    Edited edited;
    edited.inside->change(5, 0.25F);
    CHECK(edited.play() == "60 0.25");
    edited.expectNothing();
  }

  TEST_CASE("an edit that the host hands back does not take the parameter back") {
    Edited edited;
    edited.inside->hold(0, true);
    edited.inside->change(0, 0.25F);
    edited.play();
    edited.expect("begin 10, perform 10 0.25");
    // The hand has gone on before the echo comes, with the 32 bits that some hosts keep.
    edited.inside->change(0, 0.75F);
    CHECK(edited.play(kLevel, static_cast<double>(0.25F)) == "");
    CHECK(edited.inside->playing(0) == 0.75F);
    edited.expect("perform 10 0.75");
    CHECK(edited.player.controller->getParamNormalized(kLevel) == 0.75);
    // The same value once more is the host's own word.
    edited.play(kLevel, 0.25);
    CHECK(edited.inside->playing(0) == 0.25F);
    edited.play(kLevel, 0.75);
    CHECK(edited.inside->playing(0) == 0.25F);
    edited.inside->hold(0, false);
    edited.expect("end 10");
  }

  TEST_CASE("a view that closes ends its gestures, and changes leave process from then on") {
    Edited edited;
    edited.inside->hold(0, true);
    edited.expect("begin 10");
    edited.inside->change(0, 0.25F);
    edited.play();
    REQUIRE(edited.open->view->removed() == kResultOk);
    CHECK(edited.log.take() == "perform 10 0.25, end 10");
    edited.inside->change(0, 0.5F);
    CHECK(edited.play() == "10 0.5");
    CHECK(edited.log.take() == "");
    REQUIRE(edited.open->view->attached(edited.open->host.handle(), kPlatformTypeX11EmbedWindowID) == kResultOk);
    edited.expect("begin 10");
  }

  TEST_CASE("of two views the last one carries on, and nothing is told twice") {
    Edited edited;
    {
      OpenView second(*edited.player.controller);
      edited.inside->hold(0, true);
      edited.inside->change(0, 0.25F);
      edited.play();
      edited.expect("begin 10, perform 10 0.25");
      second.frame.turn(3);
      CHECK(edited.log.text() == "");
    }
    CHECK(edited.log.text() == "");
    edited.inside->hold(0, false);
    edited.expect("end 10");
  }

  TEST_CASE("without a handler changes leave process, also those that were meant for one") {
    Edited edited;
    edited.inside->change(0, 0.25F);
    CHECK(edited.play() == "");
    edited.player.controller->setComponentHandler(nullptr);
    edited.open->frame.turn();
    CHECK(edited.play() == "10 0.25");
  }

  TEST_CASE("nobody lets go of what a dead control process held, so the gesture ends") {
    Edited edited;
    edited.inside->hold(0, true);
    edited.expect("begin 10");
    // The ones that take its place refuse.
    const Fake fake("control-fails");
    kill(edited.inside->region.pid(PB_STANDARD_ROLE_CONTROL), SIGKILL);
    edited.expect("end 10");
  }

  TEST_CASE("a host that closes the view while it is told of an edit is survived") {
    Edited edited;
    edited.log.onPerform = [&] {
      edited.open->view->removed();
    };
    edited.inside->hold(0, true);
    edited.inside->change(0, 0.25F);
    edited.inside->change(1, 0.5F);
    edited.play();
    CHECK(edited.open->frame.until([&] { return edited.open->frame.registered() == 0; }));
    CHECK(edited.log.text().find("perform 10 0.25") != std::string::npos);
    CHECK(edited.log.text().find("end 10") != std::string::npos);
    CHECK(edited.log.text().find("begin 20, perform") > edited.log.text().size());
  }

  TEST_CASE("a host that runs its loop while it is told of edits hears all of them, and later what came meanwhile") {
    Edited edited;
    edited.log.onPerform = [&] {
      edited.inside->change(2, 0.75F);
      edited.inside->change(3, 1.0F);
      edited.play();
      edited.open->frame.turn(3);
    };
    edited.inside->change(0, 0.25F);
    edited.inside->change(1, 0.125F);
    edited.inside->change(2, 1.0F);
    CHECK(edited.play() == "");
    edited.expect(
        "group(, begin 10, perform 10 0.25, end 10, begin 20, perform 20 0.125, end 20, begin 30, perform 30 0.75, end 30, ), "
        "group(, begin 30, perform 30 0.75, end 30, begin 40, perform 40 1, end 40, )");
    edited.expectNothing();
  }

  TEST_CASE("what control changes of its state makes the host's project dirty, what it loads does not") {
    Edited edited;
    edited.inside->publishState("as it starts");
    edited.expectNothing();
    edited.inside->publishState("another preset");
    edited.expect("dirty");
    edited.inside->publishState("another preset");
    edited.expectNothing();
    const std::vector<char> saved = edited.player.save();
    edited.inside->publishState("a third");
    edited.expect("dirty");
    edited.inside->publishState("a fourth");
    // What the host saves it knows.
    [[maybe_unused]] const std::vector<char> again = edited.player.save();
    edited.expectNothing();
    REQUIRE(edited.player.load(saved) == kResultOk);
    edited.expectNothing();
  }
}
