// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "native_bundle.h"
#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

namespace fs = std::filesystem;

/** Activates a bundle in vain, and sees that the host goes on: what was said about it. */
std::string refusal(const std::string& bundle) {
  return errorsOf([&] {
    Player player(bundle);
    REQUIRE(player.setUp(48000, 256));
    CHECK_FALSE(player.activate());
    Block block(64, 1);
    player.play(block);
    CHECK(block.left == std::vector<float>(64, 0.0f));
    CHECK_FALSE(player.activate());
  });
}

/** The same with a bundle whose module is another library of the build. */
std::string refusalOf(const std::string& library) {
  const NativeBundle bundle("native");
  NativeBundle::replace(bundle.rt(), library);
  return refusal(bundle.path());
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE("native") {
  TEST_CASE("a library of another version of the interface is refused before anything of it is called") {
    const std::string said = refusalOf("probe-abi");
    CHECK_MESSAGE(has(said, "was compiled for version 2 of the interface of native modules, expected 1; compile it with"),
                  said);
  }

  TEST_CASE("a library that was compiled with other structs is refused") {
    const std::string said = refusalOf("probe-hash");
    CHECK_MESSAGE(has(said, "was compiled with structs of the hash 0x"), said);
    CHECK_MESSAGE(has(said, ", expected 0x"), said);
  }

  TEST_CASE("a library that does not say what it was compiled for is refused") {
    const std::string said = refusalOf("probe-without-info");
    CHECK_MESSAGE(has(said, "does not export the variable pb_module"), said);
  }

  TEST_CASE("a library without a function that is needed is refused, and the function named") {
    const std::string said = refusalOf("probe-without-process");
    CHECK_MESSAGE(has(said, "does not export pb_rt_process, which each native RT module has"), said);
    const std::string other = refusalOf("keeper");
    CHECK_MESSAGE(has(other, "does not export pb_rt_init and pb_rt_process and pb_rt_close"), other);
  }

  TEST_CASE("a file that is no library is refused, whatever it is") {
    const NativeBundle bundle("native");
    fs::remove(bundle.rt());
    CHECK(has(refusal(bundle.path()), "cannot be loaded: No such file or directory"));
    std::ofstream(bundle.rt()) << "#!/bin/sh\nexit 0\n";
    CHECK(has(refusal(bundle.path()), "it is not an ELF file; expected a shared library for this processor"));
    std::ofstream(bundle.rt(), std::ios::trunc).close();
    CHECK(has(refusal(bundle.path()), "it is not an ELF file"));
    // As after a download that broke off: to map it would end the host.
    const std::string whole = readText(NativeBundle::built("probe"));
    for (const std::size_t length : {std::size_t{100}, std::size_t{4000}, whole.size() / 2, whole.size() - 1}) {
      std::ofstream(bundle.rt(), std::ios::trunc | std::ios::binary) << whole.substr(0, length);
      CHECK(has(refusal(bundle.path()), "it has only " + std::to_string(length) + " bytes, which is less than"));
    }
    std::string other = whole;
    other[18] = 40;
    std::ofstream(bundle.rt(), std::ios::trunc | std::ios::binary) << other;
    CHECK(has(refusal(bundle.path()), "it is for another processor (ELF machine 40"));
    fs::copy_file("/proc/self/exe", bundle.rt(), fs::copy_options::overwrite_existing);
    CHECK(has(refusal(bundle.path()), "the native module "));
    fs::remove(bundle.rt());
    fs::create_directory(bundle.rt());
    CHECK(has(refusal(bundle.path()), "it is no file"));
  }

  TEST_CASE("a library outside of the bundle is refused, named or linked to") {
    {
      const NativeBundle bundle("native_outside");
      fs::copy_file(NativeBundle::built("probe"), fs::path(bundle.path()).parent_path() / "libprobe.so");
      const std::string said = refusal(bundle.path());
      CHECK_MESSAGE(has(said, "outside of the bundle"), said);
    }
    const NativeBundle bundle("native");
    fs::remove(bundle.rt());
    fs::create_symlink(NativeBundle::built("probe"), bundle.rt());
    const std::string said = refusal(bundle.path());
    CHECK_MESSAGE(has(said, "it leads to " + NativeBundle::built("probe") + ", outside of the bundle"), said);
  }

  TEST_CASE("a link within the bundle is followed") {
    const NativeBundle bundle("native");
    fs::rename(bundle.rt(), bundle.rt() + ".1");
    fs::create_symlink("libprobe.so.1", bundle.rt());
    Player player(bundle.path());
    CHECK(player.start(48000, 256));
  }

  TEST_CASE("a module that refuses to begin says why, and may begin later") {
    Probe probe;
    Player player("native");
    REQUIRE(player.setUp(48000, 256));
    const std::string first = errorsOf([&] {
      const Fake fake("init-refuses");
      CHECK_FALSE(player.activate());
    });
    CHECK_MESSAGE(has(first, "the RT module refused: pb_rt_init of "), first);
    CHECK_MESSAGE(has(first, "refused: the tables cannot be found."), first);
    const std::string second = errorsOf([&] {
      const Fake fake("activate-refuses");
      CHECK_FALSE(player.activate());
    });
    CHECK_MESSAGE(has(second, "refused: not today."), second);
    CHECK(probe.calls() == "init(48000,256,2,2) init(48000,256,2,2) activate close ");
    REQUIRE(player.activate());
    Block block(16, 1);
    player.play(block);
    CHECK(block.left == std::vector<float>(16, 0.5f));
  }
}
