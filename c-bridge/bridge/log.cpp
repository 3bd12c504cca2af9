// SPDX-License-Identifier: Apache-2.0
#include "log.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace patchbay::bridge {

namespace {

/** write, but a reader that is gone costs the line and not the host: SIGPIPE would end it. */
void writeLine(const std::string& line) noexcept {
  sigset_t pipe;
  sigset_t before;
  sigset_t pending;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  sigemptyset(&pending);
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
  // The signal that this write raised is taken away again; one that was there before is the host's.
  if (written < 0 && errno == EPIPE && sigismember(&pending, SIGPIPE) == 0) {
    const timespec now = {};
    sigtimedwait(&pipe, nullptr, &now);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace

void log(const std::string& sentence) noexcept {
  try {
    writeLine("patchbay: " + sentence + "\n");
  } catch (...) {
    // Out of memory: the message is lost, the host goes on.
  }
}

void log(const std::string& plugin, const std::string& sentence) noexcept {
  try {
    log(plugin + ": " + sentence);
  } catch (...) {
    // As above.
  }
}

std::string errorText(int error) {
  char buffer[128] = {};
  return strerror_r(error, buffer, sizeof buffer);
}

}  // namespace patchbay::bridge
