// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstdio>
#include <exception>

#include "attachment.h"
#include "control_runner.h"

using namespace patchbay::modulehost;

namespace {

int failed(const std::string& why) {
  std::fprintf(stderr, "patchbay control: %s.\n", why.c_str());
  return 1;
}

}  // namespace

/** The process of a native control module, over the region of one plug-in instance. The bridge starts it. */
int main(int argc, char** argv) {
  Options options;
  std::string error;
  if (!options.parse(argc, argv, error)) {
    return failed(error);
  }
  for (const std::string& option : options.ignored) {
    std::fprintf(stderr, "patchbay control: %s is for a JVM, and this process has none; use gdb -p %d.\n", option.c_str(),
                 static_cast<int>(getpid()));
  }
  Attachment attachment;
  error = attachment.attach(options);
  if (error.empty()) {
    error = watchHost(options.host);
  }
  if (!error.empty()) {
    return failed(error);
  }
  try {
    ControlRunner runner(attachment, options);
    error = runner.start();
    if (error.empty()) {
      std::fprintf(stderr, "patchbay control: pid %d, native module %s, region %s of process %d\n",
                   static_cast<int>(getpid()), options.library.c_str(), options.id.c_str(), static_cast<int>(options.host));
      runner.run();
      return 0;
    }
  } catch (const std::exception& failure) {
    error = failure.what();
  }
  attachment.message(error);
  attachment.state(PB_ROLE_STATE_FAILED);
  return failed(error);
}
