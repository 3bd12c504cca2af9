// SPDX-License-Identifier: Apache-2.0
#include "spawn.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "log.h"

#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x00001000
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

namespace patchbay::bridge {
namespace {

constexpr std::size_t kStackBytes = 256 * 1024;

/** Linux's kernel-side mask: 64 signals, also those that the C library keeps for itself and refuses to block. */
using KernelMask = std::uint64_t;

/** All that the child needs, made before it exists: it shares our memory and must not allocate or lock. */
struct ChildSetup {
  const char* program;
  const char* folder;
  char* const* arguments;
  char* const* environment;
  int input;
  int output;
  bool outlives;
  pid_t parent;
  volatile int error;  ///< errno of what failed, for the parent; 0 where the program runs
};

struct KernelEntry {
  std::uint64_t inode;
  std::int64_t offset;
  std::uint16_t length;
  std::uint8_t type;
  char name[1];
};

/** The child's functions mark nothing in a sanitizer's memory: they end by exec or _exit, and never undo such marks. */
#define PB_IN_CHILD __attribute__((no_sanitize_address, no_sanitize_thread))

[[noreturn]] PB_IN_CHILD void fail(ChildSetup& setup, int error) noexcept {
  setup.error = error != 0 ? error : EINVAL;
  _exit(127);
}

/** For kernels before 5.9: closes what /proc lists. */
PB_IN_CHILD void closeListed(int first) noexcept {
  const int folder = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) {
    rlimit limit = {};
    getrlimit(RLIMIT_NOFILE, &limit);
    const int end = limit.rlim_cur > 65536 ? 65536 : static_cast<int>(limit.rlim_cur);
    for (int fd = first; fd < end; ++fd) {
      close(fd);
    }
    return;
  }
  alignas(KernelEntry) char buffer[4096];
  long got;
  while ((got = syscall(SYS_getdents64, folder, buffer, sizeof buffer)) > 0) {
    for (long at = 0; at < got;) {
      const auto* entry = reinterpret_cast<const KernelEntry*>(buffer + at);
      int fd = 0;
      for (const char* digit = entry->name; *digit >= '0' && *digit <= '9'; ++digit) {
        fd = fd * 10 + (*digit - '0');
      }
      if (fd >= first && fd != folder) {
        close(fd);
      }
      at += entry->length;
    }
  }
  close(folder);
}

/** The child, from its first instruction to the program's. It runs in our memory while our thread stands still. */
PB_IN_CHILD int childMain(void* argument) noexcept {
  auto* setup = static_cast<ChildSetup*>(argument);
  // The signal comes when the thread that started us ends. If it ended before this line, it never comes.
  if (!setup->outlives) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
      fail(*setup, errno);
    }
    if (getppid() != setup->parent) {
      fail(*setup, ESRCH);
    }
  }
  setsid();
  // By the kernel's call: the C library hides signals 32 and 33, which its own posix_spawn leaves ignored in a host that
  // was started by it. All zero is SIG_DFL in the kernel's struct on every machine.
  const std::uint64_t byDefault[8] = {};
  for (int number = 1; number < NSIG; ++number) {
    syscall(SYS_rt_sigaction, number, byDefault, nullptr, sizeof(KernelMask));
  }
  // A host may start us from its audio thread, or pin itself to some processors; a JVM needs neither.
  const sched_param parameter = {};
  sched_setscheduler(0, SCHED_OTHER, &parameter);
  cpu_set_t all;
  std::memset(&all, 0xFF, sizeof all);
  sched_setaffinity(0, sizeof all, &all);
  if (setup->folder[0] != 0 && chdir(setup->folder) != 0) {
    // The host's folder serves as well; only a crash's files would lie elsewhere.
  }
  if (dup2(setup->input, STDIN_FILENO) < 0 || dup2(setup->output, STDOUT_FILENO) < 0 ||
      dup2(setup->output, STDERR_FILENO) < 0) {
    fail(*setup, errno);
  }
  if (syscall(SYS_close_range, STDERR_FILENO + 1, ~0u, 0) != 0) {
    closeListed(STDERR_FILENO + 1);
  }
  const KernelMask none = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, sizeof none);
  execve(setup->program, setup->arguments, setup->environment);
  fail(*setup, errno);
}

/** Opens a file for the child, on a number that none of its standard streams has, should the host have closed those. */
int openForChild(const char* path, int flags) {
  const int fd = open(path, flags | O_CLOEXEC | O_NOCTTY, S_IRUSR | S_IWUSR);
  if (fd < 0 || fd > STDERR_FILENO) {
    return fd;
  }
  const int moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  close(fd);
  return moved;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (const std::string& text : texts) {
    result.push_back(const_cast<char*>(text.c_str()));
  }
  result.push_back(nullptr);
  return result;
}

/**
 * clone, by the C library's other name for it: ThreadSanitizer takes clone for a fork whose memory is a copy, and would go blind for
 * the thread that called it.
 */
extern "C" int __clone(int (*main)(void*), void* stack, int flags, void* argument, ...) noexcept;

/** __clone with everything in place. The child leaves our memory when its program starts, and only then we go on. */
void cloneChild(ChildSetup& setup, Spawned& result) {
  void* stack = mmap(nullptr, kStackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) {
    setup.error = errno;
    return;
  }
  // No handler of the host may run in the child, where it would change the host's memory.
  const KernelMask all = ~KernelMask{0};
  KernelMask before = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &before, sizeof all);
  // No signal to the host if the start fails: from exec on the kernel sends SIGCHLD as for any child.
  const pid_t pid = __clone(childMain, static_cast<char*>(stack) + kStackBytes, CLONE_VM | CLONE_VFORK | CLONE_PIDFD,
                            &setup, &result.pidfd);
  const int error = errno;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &before, nullptr, sizeof before);
  munmap(stack, kStackBytes);
  result.pid = pid;
  if (pid < 0) {
    setup.error = error;
  }
}

}  // namespace

Spawned spawn(const SpawnPlan& plan) {
  Spawned result;
  const std::vector<char*> arguments = pointers(plan.arguments);
  const std::vector<char*> environment = pointers(plan.environment);
  ChildSetup setup = {};
  setup.program = plan.program.c_str();
  setup.folder = plan.folder.c_str();
  setup.arguments = arguments.data();
  setup.environment = environment.data();
  setup.outlives = plan.outlives;
  setup.parent = getpid();
  setup.input = openForChild("/dev/null", O_RDONLY);
  setup.output = plan.logFile.empty() ? -1 : openForChild(plan.logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND);
  if (setup.output < 0) {
    setup.output = openForChild("/dev/null", O_WRONLY);
  }
  if (setup.input < 0 || setup.output < 0) {
    setup.error = errno;
  } else {
    cloneChild(setup, result);
  }
  for (const int fd : {setup.input, setup.output}) {
    if (fd >= 0) {
      close(fd);
    }
  }
  if (setup.error == 0 && result.pidfd < 0) {
    kill(result.pid, SIGKILL);
    setup.error = ENOSYS;
  }
  if (setup.error != 0) {
    if (result.pid > 0) {
      // __WALL: a child that never reached exec sends no SIGCHLD, and is not among those that are waited for otherwise.
      while (waitpid(result.pid, nullptr, __WALL) < 0 && errno == EINTR) {
      }
    }
    if (result.pidfd >= 0) {
      close(result.pidfd);
    }
    const std::string reason =
        setup.error == ENOSYS ? "this kernel has no pidfds; Linux 5.4 is needed" : errorText(setup.error);
    result = {-1, -1, "the program " + plan.program + " cannot be started: " + reason};
  }
  return result;
}

}  // namespace patchbay::bridge
