// SPDX-License-Identifier: Apache-2.0
#include "launcher.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "log.h"

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif

namespace patchbay::bridge {
namespace {

/** Linux's value of P_PIDFD, which the C library learned only in 2.36. */
constexpr auto kByPidfd = static_cast<idtype_t>(3);

/** How long a killed process may take to go; one that hangs in the kernel is left to it. */
constexpr int kKilledMillis = 2000;

/** How long the thread sleeps at most while there are chores. */
constexpr int kChoreMillis = 100;

/** Forgets the launcher when the library is unloaded or the host exits, if ModuleExit was never called. */
struct CurrentLauncher {
  std::mutex mutex;
  std::weak_ptr<Launcher> launcher;
  ~CurrentLauncher() {
    if (const std::shared_ptr<Launcher> last = launcher.lock()) {
      last->shutDown();
    }
  }
};

CurrentLauncher& current() {
  static CurrentLauncher instance;
  return instance;
}

bool readable(int fd, int millis) {
  pollfd one = {fd, POLLIN, 0};
  int result;
  do {
    result = poll(&one, 1, millis);
  } while (result < 0 && errno == EINTR);
  return result > 0;
}

/** The launcher's thread goes on, whatever it meets: its end would be that of all processes, or of the host. */
void complain(const char* what, const std::exception& failure) noexcept {
  try {
    log(std::string("not all that follows from ") + what + " could be done: " + failure.what());
  } catch (...) {
    // Out of memory: the message is lost.
  }
}

}  // namespace

Child::Child(const Spawned& spawned, bool outlives, EndListener listener)
    : pid_(spawned.pid), pidfd_(spawned.pidfd), outlives_(outlives), listener_(std::move(listener)) {}

Child::~Child() { close(pidfd_); }

void Child::kill() const noexcept { syscall(SYS_pidfd_send_signal, pidfd_, SIGKILL, nullptr, 0); }

bool Child::waitEnded(int millis) {
  std::unique_lock<std::mutex> lock(mutex_);
  return change_.wait_for(lock, std::chrono::milliseconds(millis), [this] { return ended(); });
}

bool Child::finish(bool byUs) noexcept {
  if (!readable(pidfd_, 0)) {
    return false;
  }
  try {
    tell(byUs);
  } catch (const std::exception& failure) {
    complain("the end of a process", failure);
  }
  listener_ = nullptr;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    // Release: pairs with the acquire in ended.
    ended_.store(true, std::memory_order_release);
  }
  change_.notify_all();
  return true;
}

void Child::tell(bool byUs) {
  ChildEnd end = {pid_, "a status that the host has taken", byUs};
  siginfo_t info = {};
  int result;
  do {
    result = waitid(kByPidfd, static_cast<id_t>(pidfd_), &info, WEXITED | WNOHANG | __WALL);
  } while (result != 0 && errno == EINTR);
  // ECHILD: the host ignores SIGCHLD, or waits for any child and was first. The process is gone all the same.
  if (result == 0 && info.si_pid == pid_) {
    end.how = (info.si_code == CLD_EXITED ? "exit status " : "signal ") + std::to_string(info.si_status);
  }
  listener_(end);
}

/** Something for the launcher's thread to start, on the stack of the thread that waits for it. */
struct Launcher::Order {
  const SpawnPlan& plan;
  Child::EndListener listener;
  std::shared_ptr<Child> child;
  std::string error;
  bool done = false;
};

std::shared_ptr<Launcher> Launcher::acquire() {
  CurrentLauncher& one = current();
  const std::lock_guard<std::mutex> lock(one.mutex);
  std::shared_ptr<Launcher> launcher = one.launcher.lock();
  if (launcher == nullptr) {
    launcher = std::make_shared<Launcher>();
    one.launcher = launcher;
  }
  return launcher;
}

void Launcher::shutDownAll() noexcept {
  CurrentLauncher& one = current();
  std::shared_ptr<Launcher> launcher;
  {
    const std::lock_guard<std::mutex> lock(one.mutex);
    launcher = one.launcher.lock();
    one.launcher.reset();
  }
  if (launcher != nullptr) {
    launcher->shutDown();
  }
}

Launcher::Launcher() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (event_ < 0) {
    throw std::system_error(errno, std::generic_category(), "eventfd");
  }
  // The thread inherits the mask: no signal of the host is ever handled on it.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    thread_ = std::thread([this] { run(); });
  } catch (...) {
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    close(event_);
    throw;
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Launcher::~Launcher() {
  shutDown();
  close(event_);
}

std::shared_ptr<Child> Launcher::start(const SpawnPlan& plan, Child::EndListener listener, std::string& error) {
  Order order{plan, std::move(listener), nullptr, {}, false};
  std::unique_lock<std::mutex> lock(mutex_);
  if (stop_) {
    error = "the plug-in's library is being unloaded";
    return nullptr;
  }
  orders_.push_back(&order);
  wake();
  answered_.wait(lock, [&order] { return order.done; });
  error = order.error;
  return order.child;
}

std::shared_ptr<Launcher::Chore> Launcher::repeat(Chore chore) {
  auto held = std::make_shared<Chore>(std::move(chore));
  const std::lock_guard<std::mutex> lock(mutex_);
  chores_.push_back(held);
  wake();
  return held;
}

/** False where there is none. */
bool Launcher::doChores() {
  std::vector<std::shared_ptr<Chore>> due;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    chores_.erase(std::remove_if(chores_.begin(), chores_.end(), [](const auto& chore) { return chore.expired(); }),
                  chores_.end());
    for (const std::weak_ptr<Chore>& chore : chores_) {
      if (std::shared_ptr<Chore> held = chore.lock()) {
        due.push_back(std::move(held));
      }
    }
  }
  for (const std::shared_ptr<Chore>& chore : due) {
    (*chore)();
  }
  return !due.empty();
}

void Launcher::shutDown() noexcept {
  // In a fork of the host there is no such thread, and the processes are not its own.
  if (!guard_.inOriginalProcess()) {
    return;
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
    wake();
  }
  const std::lock_guard<std::mutex> lock(joining_);
  if (thread_.joinable()) {
    thread_.join();
  }
}

void Launcher::wake() noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(event_, &one, sizeof one);
}

void Launcher::run() noexcept {
  // It may have been started from a real-time thread, whose policy threads inherit.
  const sched_param parameter = {};
  pthread_setschedparam(pthread_self(), SCHED_OTHER, &parameter);
  pthread_setname_np(pthread_self(), "patchbay");
  for (bool go = true; go;) {
    try {
      turn();
    } catch (const std::exception& failure) {
      complain("an event", failure);
      // Whatever was missing may be there a moment later.
      poll(nullptr, 0, kChoreMillis);
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    go = !stop_ || !orders_.empty();
  }
  endAll();
}

void Launcher::turn() {
  std::vector<pollfd> watched(1, {event_, POLLIN, 0});
  for (const std::shared_ptr<Child>& child : children_) {
    watched.push_back({child->pidfd(), POLLIN, 0});
  }
  poll(watched.data(), watched.size(), busy_ ? kChoreMillis : -1);
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = read(event_, &count, sizeof count);
  runOrders();
  // Before the ends are told: what a process had to say comes first.
  busy_ = doChores();
  busy_ = flushLog() || busy_;
  children_.erase(std::remove_if(children_.begin(), children_.end(),
                                 [](const std::shared_ptr<Child>& child) { return child->finish(); }),
                  children_.end());
}

void Launcher::runOrders() {
  std::vector<Order*> orders;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    orders.swap(orders_);
  }
  for (Order* order : orders) {
    try {
      Spawned spawned = spawn(order->plan);
      order->error = std::move(spawned.error);
      if (spawned.pidfd >= 0) {
        order->child = std::make_shared<Child>(spawned, order->plan.outlives, std::move(order->listener));
        children_.push_back(order->child);
      }
    } catch (const std::exception& failure) {
      order->error = failure.what();
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    order->done = true;
    answered_.notify_all();
  }
}

void Launcher::endAll() noexcept {
  children_.erase(std::remove_if(children_.begin(), children_.end(),
                                 [](const std::shared_ptr<Child>& child) { return child->outlives(); }),
                  children_.end());
  for (const std::shared_ptr<Child>& child : children_) {
    child->kill();
  }
  for (const std::shared_ptr<Child>& child : children_) {
    readable(child->pidfd(), kKilledMillis);
    child->finish(true);
  }
  children_.clear();
}

}  // namespace patchbay::bridge
