// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "host_process.h"

namespace patchbay::host::test {
namespace {

TEST_CASE("each instance that was started has its times and the memory of all processes") {
  const TemporaryFolder folder;
  const std::string file = folder.file("start.json");
  const HostResult result = runHost({"start", "--plugin", PB_IMPULSE_BUNDLE, "--instances", "3", "--json", file});
  CAPTURE(result.err);
  REQUIRE(result.status == 0);
  const auto report = nlohmann::json::parse(std::ifstream(file));
  CHECK(report["scanMillis"] > 0);
  REQUIRE(report["before"].size() == 1);
  REQUIRE(report["instances"].size() == 3);
  for (const auto& instance : report["instances"]) {
    CHECK(instance["instantiateMillis"] > 0);
    CHECK(instance["activateMillis"] >= 0);
    // The plug-in has no processes of its own.
    REQUIRE(instance["processes"].size() == 1);
    const auto& host = instance["processes"][0];
    CHECK(host["pid"] == report["before"][0]["pid"]);
    CHECK(host["command"].get<std::string>().find("start --plugin") != std::string::npos);
    CHECK(host["proportionalBytes"] > 0);
    CHECK(host["residentBytes"] >= host["proportionalBytes"]);
  }
}

TEST_CASE("a start without a file for what was measured, or of none or too many instances, is refused") {
  CHECK(runHost({"start", "--plugin", PB_IMPULSE_BUNDLE}).status == 2);
  CHECK(runHost({"start", "--plugin", PB_IMPULSE_BUNDLE, "--json", "x", "--instances", "0"}).status == 2);
  CHECK(runHost({"start", "--plugin", PB_IMPULSE_BUNDLE, "--json", "x", "--instances", "1001"}).status == 2);
  CHECK(runHost({"start", "--plugin", PB_IMPULSE_BUNDLE, "--json", "/nonexistent/start.json"}).status == 6);
}

}  // namespace
}  // namespace patchbay::host::test
