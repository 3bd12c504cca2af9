// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <exception>
#include <new>

#include "commands.h"
#include "failure.h"
#include "noise.h"
#include "play.h"
#include "stop_signal.h"

namespace {

using namespace patchbay::host;

int report(ExitStatus status, const char* sentence) {
  std::fprintf(stderr, "patchbay-host: %s\n", sentence);
  return static_cast<int>(status);
}

}  // namespace

int main(int argumentCount, char** arguments) {
  try {
    const std::optional<Options> options = parseOptions(argumentCount, arguments);
    if (!options) {
      return static_cast<int>(ExitStatus::ok);
    }
    installStopHandlers();
    if (options->command == Options::Command::render) {
      renderCommand(*options);
    } else if (options->command == Options::Command::noise) {
      noiseCommand(*options);
    } else if (options->command == Options::Command::play) {
      playCommand(*options);
    } else {
      infoCommand(*options);
    }
    return static_cast<int>(ExitStatus::ok);
  } catch (const Failure& failure) {
    return report(failure.status(), failure.what());
  } catch (const Interrupted& interrupted) {
    return 128 + interrupted.signal();
  } catch (const std::bad_alloc&) {
    return report(ExitStatus::pluginRun, "the memory does not suffice for this render; try fewer --seconds");
  } catch (const std::exception& error) {
    return report(ExitStatus::pluginRun, error.what());
  }
}
