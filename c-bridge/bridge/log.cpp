// SPDX-License-Identifier: Apache-2.0
#include "log.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>

namespace patchbay::bridge {

namespace {

/** The kernel takes so much whole or not at all where a pipe is not waited for. */
constexpr std::size_t kMostLine = PIPE_BUF;

/** What is kept while nobody reads: some hundred lines. */
constexpr std::size_t kMostKept = 32 * 1024;

/** Room for the sentence that tells how many lines were lost. */
constexpr std::size_t kRoomForCount = 128;

/** Waits for nothing, and ends nobody by SIGPIPE: a reader that is gone costs the line and not the host. */
ssize_t writeQuietly(int fd, const char* bytes, std::size_t length) noexcept {
  sigset_t pipe;
  sigset_t before;
  sigset_t pending;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  sigemptyset(&pending);
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  const ssize_t written = write(fd, bytes, length);
  const int error = errno;
  // The signal that this write raised is taken away again; one that was there before is the host's.
  if (written < 0 && error == EPIPE && sigismember(&pending, SIGPIPE) == 0) {
    const timespec now = {};
    sigtimedwait(&pipe, nullptr, &now);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return written;
}

/**
 * Writes to stderr what there is room for now. O_NONBLOCK belongs to an open file that the host shares with others, so it is never
 * set there: a pipe or a terminal is opened once more, as a file of our own.
 */
ssize_t writeNow(const char* bytes, std::size_t length) noexcept {
  struct stat status = {};
  if (fstat(STDERR_FILENO, &status) != 0) {
    return -1;
  }
  if (S_ISSOCK(status.st_mode)) {
    return send(STDERR_FILENO, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  if (S_ISFIFO(status.st_mode) || (S_ISCHR(status.st_mode) && isatty(STDERR_FILENO) == 1)) {
    const int own = open("/proc/self/fd/2", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (own >= 0) {
      const ssize_t written = writeQuietly(own, bytes, length);
      const int error = errno;
      close(own);
      errno = error;
      return written;
    }
    if (errno == ENXIO) {
      return -1;
    }
  }
  // A file, whose writes nobody holds up; or /proc is closed, and only another writer who takes the room just now could.
  pollfd one = {STDERR_FILENO, POLLOUT, 0};
  if (poll(&one, 1, 0) <= 0) {
    errno = EAGAIN;
    return -1;
  }
  return writeQuietly(STDERR_FILENO, bytes, length);
}

/** The lines that have not found room yet. Neither allocates nor has a destructor: something may be said after all of those. */
class Kept {
 public:
  void add(const char* bytes, std::size_t length) noexcept {
    forgetOfParent();
    tellLost();
    if (lost_ > 0 || length > kMostKept - kRoomForCount - used_) {
      ++lost_;
      return;
    }
    append(bytes, length);
  }

  /** False where some is left. */
  bool flush() noexcept {
    forgetOfParent();
    for (tellLost(); used_ > 0; tellLost()) {
      const auto* end = static_cast<const char*>(std::memchr(bytes_, '\n', used_));
      const std::size_t length = static_cast<std::size_t>(end - bytes_) + 1;
      const ssize_t written = writeNow(bytes_, length);
      if (written < 0 && errno == EINTR) {
        continue;
      }
      if (written <= 0) {
        if (written < 0 && errno != EAGAIN) {
          // Nobody reads any more, and nobody misses it.
          used_ = 0;
          lost_ = 0;
        }
        break;
      }
      used_ -= static_cast<std::size_t>(written);
      std::memmove(bytes_, bytes_ + written, used_);
    }
    return used_ == 0 && lost_ == 0;
  }

 private:
  /** In the place of the lines that were lost, as soon as there is room for more than that. */
  void tellLost() noexcept {
    if (lost_ == 0 || used_ > kMostKept / 2) {
      return;
    }
    char line[kRoomForCount];
    const int length = std::snprintf(line, sizeof line, "patchbay: %lu lines were lost here, since nobody has read stderr\n", lost_);
    lost_ = 0;
    append(line, static_cast<std::size_t>(length));
  }

  void append(const char* bytes, std::size_t length) noexcept {
    std::memcpy(bytes_ + used_, bytes, length);
    used_ += length;
  }

  /** In a fork of the host: what is kept is written by the process that was forked from. */
  void forgetOfParent() noexcept {
    if (owner_ != getpid()) {
      owner_ = getpid();
      used_ = 0;
      lost_ = 0;
    }
  }

  char bytes_[kMostKept] = {};
  std::size_t used_ = 0;
  unsigned long lost_ = 0;
  pid_t owner_ = 0;
};

std::mutex mutex;
Kept kept;  ///< guarded by the mutex, which nobody holds while it waits

void writeLine(std::string line) noexcept {
  if (line.size() > kMostLine) {
    line.resize(kMostLine);
    line.back() = '\n';
  }
  const std::lock_guard<std::mutex> lock(mutex);
  kept.add(line.data(), line.size());
  kept.flush();
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

bool flushLog() noexcept {
  const std::lock_guard<std::mutex> lock(mutex);
  return !kept.flush();
}

std::string errorText(int error) {
  char buffer[128] = {};
  return strerror_r(error, buffer, sizeof buffer);
}

}  // namespace patchbay::bridge
