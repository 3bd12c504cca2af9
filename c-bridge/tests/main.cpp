// SPDX-License-Identifier: Apache-2.0
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "player.h"
#include "workbench.h"

namespace {

using namespace patchbay::bridge::test;

/** A host to be killed: plays for ever, after it has said who its modules are. */
int playForEver() {
  Player player;
  if (!player.start(48000, 256, Steinberg::Vst::kRealtime)) {
    return 1;
  }
  {
    const RegionView region;
    if (!eventually([&] { return region.pid(PB_STANDARD_ROLE_CONTROL) != 0; })) {
      return 1;
    }
    std::printf("%d %d\n", region.pid(PB_STANDARD_ROLE_RT), region.pid(PB_STANDARD_ROLE_CONTROL));
    std::fflush(stdout);
  }
  for (;;) {
    player.play(256);
    usleep(1000);
  }
}

}  // namespace

/** Asked by LeakSanitizer where the tests are built with it: in a fork, which lacks the other threads, it would see leaks everywhere. */
extern "C" int __lsan_is_turned_off() {
  static const pid_t tests = getpid();
  return getpid() != tests ? 1 : 0;
}

int main(int argumentCount, char** arguments) {
  if (argumentCount == 2 && std::strcmp(arguments[1], "--victim") == 0) {
    return playForEver();
  }
  __lsan_is_turned_off();
  char folder[] = "/tmp/patchbay-bridge-tests-XXXXXX";
  if (mkdtemp(folder) == nullptr) {
    return 1;
  }
  setenv("PATCHBAY_LOG_DIR", folder, 1);
  setenv("PATCHBAY_RUNTIME_DIR", (std::string(folder) + "/run").c_str(), 1);
  doctest::Context context(argumentCount, arguments);
  const int result = context.run();
  std::filesystem::remove_all(folder);
  return result;
}
