// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <thread>

#include "images.h"

using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

TEST_SUITE("parts") {
  TEST_CASE("a table that is published all the while is copied whole or not at all") {
    const auto image = imageOf("synth");
    const auto from = regionOf(*image);
    const auto to = regionOf(*image);
    // As another process, at addresses of its own.
    const int descriptor = open(from->path().c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(descriptor >= 0);
    pb_region other = {};
    REQUIRE(pb_region_attach(&other, descriptor) != 0);
    pb_section table = {};
    REQUIRE(PB_FIND(&other, PB_STANDARD_AUTOMATION, &table));
    std::atomic<bool> stop{false};
    std::thread control([&] {
      for (int number = 0; !stop; ++number) {
        std::memset(pb_triple_writer(&table), number % 250 + 1, table.copy_stride);
        pb_triple_publish(&table);
      }
    });
    const auto isWhole = [&] {
      const auto* bytes = static_cast<const std::uint8_t*>(pb_triple_published(&to->automation));
      return std::all_of(bytes, bytes + to->automation.copy_stride, [bytes](std::uint8_t one) { return one == bytes[0]; });
    };
    int mixed = 0;
    for (int i = 0; i < 2000; ++i) {
      to->copyTables(*from);
      mixed += isWhole() ? 0 : 1;
    }
    stop = true;
    control.join();
    CHECK(mixed == 0);
    to->copyTables(*from);
    CHECK(isWhole());
    CHECK(*static_cast<const std::uint8_t*>(pb_triple_published(&to->automation)) != 0);
    pb_region_detach(&other);
    close(descriptor);
  }
}
