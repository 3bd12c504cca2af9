// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "host_process.h"

namespace patchbay::host::test {
namespace {

TEST_CASE("the noise of the machine is told for each time that the thread was to wake") {
  const TemporaryFolder folder;
  const std::string file = folder.file("noise.json");
  const HostResult result = runHost({"noise", "--seconds", "0.2", "--rate", "48000", "--block", "480", "--json", file});
  CAPTURE(result.err);
  REQUIRE(result.status == 0);
  const auto noise = nlohmann::json::parse(std::ifstream(file));
  CHECK(noise["periodNanos"] == 10'000'000);
  CHECK(noise["scheduling"] == "SCHED_OTHER");
  const auto& due = noise["dueNanos"];
  const auto& late = noise["lateNanos"];
  REQUIRE(due.size() == late.size());
  CHECK(due.size() + noise["missed"].get<std::size_t>() == 20);
  for (std::size_t i = 0; i < late.size(); ++i) {
    CHECK(late[i].get<std::int64_t>() >= 0);
    CHECK((due[i].get<std::int64_t>() - due[0].get<std::int64_t>()) % 10'000'000 == 0);
  }
}

TEST_CASE("what the audio thread was granted is in the reports") {
  const TemporaryFolder folder;
  const std::string file = folder.file("noise.json");
  const HostResult result = runHost({"noise", "--seconds", "0.05", "--fifo", "7", "--json", file});
  REQUIRE(result.status == 0);
  const auto scheduling = nlohmann::json::parse(std::ifstream(file))["scheduling"].get<std::string>();
  CAPTURE(scheduling);
  CHECK((scheduling == "SCHED_FIFO 7" || scheduling.rfind("SCHED_OTHER, since SCHED_FIFO 7 was refused", 0) == 0));

  const std::string report = folder.file("render.json");
  REQUIRE(runHost({"render", "--plugin", PB_IMPULSE_BUNDLE, "--seconds", "0.05", "--fifo", "7", "--json", report})
              .status == 0);
  CHECK(nlohmann::json::parse(std::ifstream(report))["scheduling"] == scheduling);
}

TEST_CASE("a noise that cannot be is refused") {
  const HostResult result = runHost({"noise", "--seconds", "0", "--json", "/nonexistent/noise.json"});
  CHECK(result.status == 6);
  CHECK(runHost({"noise", "--seconds", "1"}).status == 2);
  CHECK(runHost({"noise", "--seconds", "1", "--json", "x", "--fifo", "100"}).status == 2);
}

}  // namespace
}  // namespace patchbay::host::test
