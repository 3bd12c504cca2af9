// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <clocale>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "child_environment.h"
#include "log.h"
#include "midi_map.h"
#include "parameters.h"
#include "plugin_image.h"
#include "region.h"
#include "state_container.h"
#include "text.h"
#include "workbench.h"

using namespace patchbay::bridge;

namespace {

std::vector<std::uint8_t> imageBytes(const std::string& name) {
  const std::string text = test::readText(test::bundlePath(name) + "/Contents/Resources/region.image");
  return std::vector<std::uint8_t>(text.begin(), text.end());
}

std::shared_ptr<const PluginImage> synthImage() {
  std::string error;
  auto image = PluginImage::parse(imageBytes("synth"), error);
  REQUIRE_MESSAGE(image != nullptr, error);
  return image;
}

std::string complaint(std::vector<std::uint8_t> bytes) {
  std::string error;
  CHECK(PluginImage::parse(std::move(bytes), error) == nullptr);
  return error;
}

pb_parameter_info info(int steps, const char* names) {
  pb_parameter_info result = {};
  result.maximum = 1;
  result.step_count = steps;
  std::snprintf(result.name, sizeof result.name, "test");
  std::snprintf(result.value_names, sizeof result.value_names, "%s", names);
  return result;
}

}  // namespace

TEST_SUITE("parts") {
  TEST_CASE("plain and normalized values are those of Parameter.java") {
    const auto image = synthImage();
    std::ifstream file(std::string(PB_TEST_BUNDLES) + "/images/values.txt");
    std::string id;
    std::string normalized;
    std::string plain;
    std::string again;
    int lines = 0;
    while (file >> id >> normalized >> plain >> again) {
      const std::int32_t index = image->parameters.indexOf(static_cast<std::uint32_t>(std::stoul(id)));
      REQUIRE(index >= 0);
      const Parameter& parameter = image->parameters[static_cast<std::size_t>(index)];
      const double n = std::strtod(normalized.c_str(), nullptr);
      const double p = std::strtod(plain.c_str(), nullptr);
      // Java allows its pow and log one unit in the last place, and so does C.
      const double tolerance = parameter.scale == PB_SCALE_LINEAR ? 0 : 4e-16 * std::fabs(p);
      CHECK(std::fabs(parameter.toPlain(n) - p) <= tolerance);
      CHECK(parameter.toNormalized(p) == doctest::Approx(std::strtod(again.c_str(), nullptr)).epsilon(1e-15));
      ++lines;
    }
    CHECK(lines == 8 * 108);
  }

  TEST_CASE("the image's words reach the bridge") {
    const auto image = synthImage();
    CHECK(image->name == "Test Synth");
    CHECK(image->category == "Instrument|Synth");
    CHECK(image->parameters.size() == 8);
    CHECK(image->parameters[2].valueNames == std::vector<std::string>{"Sine", "Square", "S\xC3\xA4ge"});
    CHECK(image->modules[PB_STANDARD_ROLE_RT].readyMillis == 6000);
    CHECK(image->modules[PB_STANDARD_ROLE_RT].arguments.size() == 11);
    CHECK(image->modules[PB_STANDARD_ROLE_UI].arguments.empty());
    CHECK(image->audio.outputChannels == 2);
  }

  TEST_CASE("a region gets the tables that control has compiled for another one, taken or not") {
    std::string error;
    const auto image = synthImage();
    const auto from = Region::create(*image, error);
    REQUIRE_MESSAGE(from != nullptr, error);
    const auto publish = [&](std::int32_t lanes) {
      static_cast<pb_standard_automation_entry*>(pb_triple_writer(&from->automation))->count = lanes;
      pb_triple_publish(&from->automation);
    };
    const auto copied = [&] {
      const auto to = Region::create(*image, error);
      REQUIRE_MESSAGE(to != nullptr, error);
      to->copyTables(*from);
      pb_triple_refresh(&to->automation);
      return static_cast<const pb_standard_automation_entry*>(pb_triple_reader(&to->automation))->count;
    };
    CHECK(copied() == 0);
    publish(3);
    CHECK(copied() == 3);
    CHECK(pb_triple_refresh(&from->automation) == 1);
    CHECK(copied() == 3);
    publish(4);
    publish(5);
    CHECK(copied() == 5);
    CHECK(pb_triple_refresh(&from->automation) == 1);
    publish(6);
    CHECK(copied() == 6);
  }

  TEST_CASE("a bad image is refused with a reason, wherever it is cut off") {
    const std::vector<std::uint8_t> good = imageBytes("effect");
    CHECK(complaint({}) == "it is shorter than a region's header");
    std::vector<std::uint8_t> bad = good;
    bad[0] = 'X';
    CHECK(complaint(bad) == "its magic is 0x5941424843544158, expected 0x5941424843544150");
    bad = good;
    bad.pop_back();
    CHECK(complaint(bad) == "its length is " + std::to_string(good.size()) + ", expected " +
                                std::to_string(good.size() - 1) + ", which its file has");
    for (std::size_t length = 0; length < good.size(); length += good.size() / 97 + 1) {
      CHECK_FALSE(complaint({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length)}).empty());
    }
  }

  TEST_CASE("no byte of an image that is turned round makes the bridge fall over") {
    const std::vector<std::uint8_t> good = imageBytes("effect");
    // Header, directory and constants: what is looked at before any process runs.
    for (std::size_t at = 0; at < 60000; at += at < 4096 ? 1 : 13) {
      std::vector<std::uint8_t> bad = good;
      bad[at] ^= 0xFF;
      std::string error;
      const auto image = PluginImage::parse(std::move(bad), error);
      CHECK((image != nullptr) == error.empty());
    }
  }

  TEST_CASE("a parameter that makes no sense is refused") {
    CHECK(Parameter(info(0, "")).complaint().empty());
    CHECK(Parameter(info(2, "a\nb\nc")).complaint().empty());
    CHECK(Parameter(info(2, "a\nb")).complaint() == "it has 2 value names for 2 steps");
    CHECK(Parameter(info(-1, "")).complaint() == "its step count is -1");
    pb_parameter_info bad = info(0, "");
    bad.minimum = 1;
    CHECK(Parameter(bad).complaint() == "its range is 1 to 1");
    bad = info(0, "");
    bad.scale = PB_SCALE_LOGARITHMIC;
    CHECK_FALSE(Parameter(bad).complaint().empty());
    bad = info(0, "");
    bad.id = UINT32_C(1) << 30;
    CHECK_FALSE(Parameter(bad).complaint().empty());
    CHECK(ParameterTable({Parameter(info(0, "")), Parameter(info(0, ""))}).complaint() ==
          "two parameters share the id 0");
  }

  TEST_CASE("text of values is the same in every locale, and reads back") {
    const auto image = synthImage();
    // Not every machine has it; without it this checks the C locale.
    std::setlocale(LC_ALL, "de_DE.UTF-8");
    const Parameter& cutoff = image->parameters[1];
    CHECK(cutoff.format(cutoff.toNormalized(440)) == "440.0");
    CHECK(cutoff.format(1) == "20000");
    CHECK(image->parameters[0].format(0.5) == "0.500");
    CHECK(image->parameters[2].format(1) == "S\xC3\xA4ge");
    CHECK(image->parameters[6].format(0) == "-12");
    double value = -1;
    CHECK(cutoff.parse(" 440 Hz ", value));
    CHECK(cutoff.toPlain(value) == doctest::Approx(440));
    CHECK(cutoff.parse("1.5 kHz", value));
    CHECK(cutoff.toPlain(value) == doctest::Approx(1500));
    CHECK(cutoff.parse("2k", value));
    CHECK(cutoff.toPlain(value) == doctest::Approx(2000));
    CHECK(cutoff.parse("440,5", value));
    CHECK(cutoff.toPlain(value) == doctest::Approx(440.5));
    CHECK(image->parameters[2].parse("square", value));
    CHECK(value == 0.5);
    CHECK(image->parameters[6].parse("+3", value));
    CHECK(image->parameters[6].toPlain(value) == 3);
    CHECK_FALSE(cutoff.parse("loud", value));
    CHECK_FALSE(cutoff.parse("", value));
    CHECK_FALSE(cutoff.parse("inf", value));
    std::setlocale(LC_ALL, "C");
  }

  TEST_CASE("texts survive the way to UTF-16 and back, and are cut between characters") {
    char16_t field[8];
    copyUtf16("S\xC3\xA4ge \xF0\x9F\x8E\xB9", field, 8);
    CHECK(fromUtf16(field, 8) == "S\xC3\xA4ge \xF0\x9F\x8E\xB9");
    copyUtf16("abcdef\xF0\x9F\x8E\xB9", field, 8);
    CHECK(fromUtf16(field, 8) == "abcdef");
    copyUtf16("a\xFF\xC3", field, 8);
    CHECK(fromUtf16(field, 8) == "a\xEF\xBF\xBD\xEF\xBF\xBD");
  }

  TEST_CASE("the pitch wheel's centre is exactly 0, and only declared controllers are known") {
    const auto image = synthImage();
    const std::uint32_t wheel = image->midi.idOf(3, MidiMap::kPitchBend);
    CHECK(wheel == 0x40000000u + 3 * 256 + 129);
    CHECK(image->midi.find(wheel).channel == 3);
    CHECK(MidiMap::event(image->midi.find(wheel), 0.5).value == 0.0);
    CHECK(MidiMap::event(image->midi.find(wheel), 1).value == 1.0);
    CHECK(image->midi.idOf(0, 7) == 0);
    CHECK(image->midi.find(0x40000000u + 7).number == -1);
    CHECK(image->midi.find(0x40000000u + 16 * 256 + 1).number == -1);
    CHECK(image->midi.find(0xFFFFFFFFu).number == -1);
    CHECK(image->midi.size() == 64);
    for (std::size_t i = 0; i < image->midi.size(); ++i) {
      CHECK(image->midi.positionOf(image->midi.at(i)) == i);
    }
  }

  TEST_CASE("a reader of stderr that is gone costs the message and not the host") {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const int saved = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    patchbay::bridge::log("nobody hears this");
    dup2(saved, STDERR_FILENO);
    close(saved);
    sigset_t pending;
    REQUIRE(sigpending(&pending) == 0);
    CHECK(sigismember(&pending, SIGPIPE) == 0);
  }

  TEST_CASE("logs go to a folder of the user's own where the wanted one cannot be used") {
    const std::string wanted = std::getenv("PATCHBAY_LOG_DIR");
    std::string complaint;
    CHECK(logFolder(complaint) == wanted);
    CHECK(complaint.empty());
    setenv("PATCHBAY_LOG_DIR", "/proc/nothing/logs", 1);
    CHECK(logFolder(complaint) == "/tmp/patchbay-" + std::to_string(geteuid()) + "/logs");
    CHECK(complaint.find("the log folder /proc/nothing/logs cannot be used: ") == 0);
    setenv("PATCHBAY_LOG_DIR", "relative", 1);
    setenv("XDG_STATE_HOME", (wanted + "/state").c_str(), 1);
    complaint.clear();
    CHECK(logFolder(complaint) == wanted + "/state/patchbay/logs");
    CHECK(complaint.empty());
    unsetenv("XDG_STATE_HOME");
    setenv("PATCHBAY_LOG_DIR", wanted.c_str(), 1);
  }
}
