// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "player.h"
#include "rt_log.h"
#include "workbench.h"

using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

namespace {

std::string lineOf(pb_log_record head, const std::string& text, std::size_t cut = 0) {
  std::vector<std::uint8_t> bytes(sizeof head + text.size());
  std::memcpy(bytes.data(), &head, sizeof head);
  std::memcpy(bytes.data() + sizeof head, text.data(), text.size());
  return rtLogLine(bytes.data(), static_cast<std::uint32_t>(bytes.size() - cut));
}

pb_log_record head(std::int32_t level, std::size_t length) {
  pb_log_record record = {};
  record.level = level;
  record.text_length = static_cast<std::int32_t>(length);
  return record;
}

/** The number in the last line that has this text before it. */
int lastNumber(const std::string& log, const std::string& before) {
  const std::size_t at = log.rfind(before);
  return at == std::string::npos ? -1 : std::stoi(log.substr(at + before.size()));
}

int count(const std::string& log, const std::string& text) {
  int found = 0;
  for (std::size_t at = log.find(text); at != std::string::npos; at = log.find(text, at + 1)) {
    ++found;
  }
  return found;
}

}  // namespace

TEST_SUITE("rt_log") {
  TEST_CASE("what the RT module says is in the host's log while it plays, in order and each on a line") {
    const Fake fake("log=2");
    std::string seen;
    const std::string log = errorsOf([&] {
      Player player;
      REQUIRE(player.start());
      CHECK(player.play(64).size() == 64);
      CHECK(player.play(64).size() == 64);
      const std::string path = std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/stderr";
      CHECK(eventually([&] { return count(readText(path), "\n") >= 4; }));
      seen = readText(path);
    });
    CHECK(seen ==
          "patchbay: Test Synth: the RT module says: warning: block 1 at 0.5\n"
          "patchbay: Test Synth: the RT module says: warning: block 2 at 1\n"
          "patchbay: Test Synth: the RT module says: warning: block 3 at 1.5\n"
          "patchbay: Test Synth: the RT module says: warning: block 4 at 2\n");
    CHECK(log == seen);
  }

  TEST_CASE("the last words of an RT process that is killed come before the news of its end") {
    const Fake fake("log=1 die=2");
    const std::string log = errorsOf([] {
      Player player;
      REQUIRE(player.start());
      for (int block = 0; block < 3; ++block) {
        CHECK(player.play(64).size() == 64);
      }
      const std::string path = std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/stderr";
      CHECK(eventually([&] { return count(readText(path), "ended unexpectedly") > 0; }));
    });
    const std::size_t words = log.find("warning: block 3 at 1.5");
    CHECK(words != std::string::npos);
    CHECK(words < log.find("ended unexpectedly"));
  }

  TEST_CASE("of a module that says too much some is written and the rest is counted") {
    const Fake fake("log=100");
    const std::string log = errorsOf([] {
      Player player;
      REQUIRE(player.start());
      for (int block = 0; block < 100; ++block) {
        CHECK(player.play(64).size() == 64);
      }
    });
    int lost = 0;
    for (std::size_t at = log.find(" messages of the RT module were lost"); at != std::string::npos;
         at = log.find(" messages of the RT module were lost", at + 1)) {
      lost += std::stoi(log.substr(log.rfind(' ', at - 1) + 1));
    }
    CHECK(lost > 0);
    CHECK(count(log, "the RT module says:") + lost == 100 * 100);
    CHECK(count(log, "the RT module says:") > 50);
    CHECK(lastNumber(log, "warning: block ") <= 100 * 100);
  }

  TEST_CASE("a message is believed nothing that it says of itself") {
    CHECK(lineOf(head(PB_LOG_LEVEL_INFO, 5), "hello") == "hello");
    CHECK(lineOf(head(PB_LOG_LEVEL_ERROR, 5), "hello") == "error: hello");
    CHECK(lineOf(head(77, 5), "hello") == "hello");
    CHECK(lineOf(head(0, 500), "hello") == "hello");
    CHECK(lineOf(head(0, 2), "hello") == "he");
    CHECK(lineOf(head(0, std::numeric_limits<std::uint32_t>::max()), "hello").empty());
    CHECK(lineOf(head(0, 5), "a\x1b\n\x7f" "b") == "a   b");
    CHECK(lineOf(head(0, 0), "", 1) == "(a message that is none)");
    pb_log_record record = head(PB_LOG_LEVEL_WARNING, 2);
    record.argument_count = 1000;
    record.doubles = 3;
    const double numbers[2] = {std::numeric_limits<double>::quiet_NaN(), -0.0};
    std::memcpy(record.arguments, numbers, sizeof numbers);
    CHECK(lineOf(record, "{}") == "warning: nan -0");
    record.argument_count = -1;
    CHECK(lineOf(record, "{}") == "warning: {}");
    record = head(PB_LOG_LEVEL_INFO, 7);
    record.argument_count = 2;
    const std::int64_t wholes[2] = {std::numeric_limits<std::int64_t>::min(), 7};
    std::memcpy(record.arguments, wholes, sizeof wholes);
    CHECK(lineOf(record, "{} of {}") == "-9223372036854775808 of { 7");
  }
}
