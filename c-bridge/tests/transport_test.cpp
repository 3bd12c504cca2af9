// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdint>

#include "transport.h"

using namespace Steinberg;
using namespace patchbay::bridge;

namespace {

Vst::ProcessContext playingAt(std::int64_t position) {
  Vst::ProcessContext context = {};
  context.state = Vst::ProcessContext::kPlaying | Vst::ProcessContext::kTempoValid;
  context.tempo = 120;
  context.projectTimeSamples = position;
  return context;
}

}  // namespace

TEST_SUITE("parts") {
  TEST_CASE("a block without a context is no stop: the song goes on, and what comes next is no jump") {
    Transport transport;
    Vst::ProcessContext context = playingAt(1000);
    transport.update(&context, 48000, 100);
    REQUIRE(transport.changes().size() == 2);
    CHECK(pb_event_transport_change(&transport.changes()[0]) == PB_EVENT_TRANSPORT_START);
    transport.update(nullptr, 48000, 0);
    CHECK(transport.changes().empty());
    transport.update(nullptr, 48000, 50);
    CHECK(transport.changes().empty());
    context = playingAt(1150);
    transport.update(&context, 48000, 100);
    CHECK(transport.changes().empty());
    context.state &= ~static_cast<uint32>(Vst::ProcessContext::kPlaying);
    transport.update(&context, 48000, 100);
    REQUIRE(transport.changes().size() == 1);
    CHECK(pb_event_transport_change(&transport.changes()[0]) == PB_EVENT_TRANSPORT_STOP);
    transport.update(nullptr, 48000, 100);
    CHECK(transport.changes().empty());
  }

  TEST_CASE("a host that never gives a context has a song that stands") {
    Transport transport;
    transport.update(nullptr, 48000, 100);
    transport.update(nullptr, 48000, 100);
    CHECK(transport.changes().empty());
  }
}
