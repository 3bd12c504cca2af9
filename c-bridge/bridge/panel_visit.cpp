// SPDX-License-Identifier: Apache-2.0
#include "panel_visit.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <system_error>

#include "child_environment.h"
#include "clock.h"
#include "launcher.h"
#include "log.h"

namespace patchbay::bridge {
namespace {

// The names of PanelDoor in the control API, behind PID-ID.
constexpr const char* kSocket = ".panel";
constexpr const char* kAddress = ".url";
constexpr const char* kLink = ".html";

constexpr std::string_view kScheme = "http://";
constexpr std::string_view kBegin = "http://127.0.0.1:";
constexpr std::size_t kMostAddress = 200;

/** A JVM that is busy starting may need some seconds to serve its first page. */
constexpr std::int64_t kAnswerNanos = 20 * kNanosPerSecond;

constexpr const char* kOpener = "xdg-open";
constexpr const char* kElse = "; \"patchbay panel\" tells the address";

/** A descriptor that is closed in any case. */
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) {
      close(fd_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_;
};

/** The path of an instance's file without its ending; empty where there is no folder. */
std::string stem(const std::string& regionId) {
  const std::string folder = runtimeFolder();
  return folder.empty() || regionId.empty() ? "" : folder + "/" + std::to_string(getpid()) + "-" + regionId;
}

/** Only what an address consists of: it becomes a part of a page. */
bool isAddress(std::string_view text) noexcept {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:";
  return text.substr(0, kBegin.size()) == kBegin && text.find_first_not_of(kLetters) == std::string_view::npos;
}

std::string_view line(std::string_view text) noexcept { return text.substr(0, text.find_first_of("\r\n")); }

/** Reads a part of the answer as soon as there is one; 0 at its end, less where none comes or the visit is broken off. */
ssize_t receive(int socket, char* part, std::size_t room, int broken, std::int64_t deadline) {
  for (;;) {
    const std::int64_t left = deadline - nowNanos();
    pollfd both[] = {{socket, POLLIN, 0}, {broken, POLLIN, 0}};
    const int ready = left <= 0 ? 0 : poll(both, 2, static_cast<int>(left / kNanosPerMilli) + 1);
    if (ready == 0 || (ready > 0 && both[1].revents != 0)) {
      return -1;
    }
    const ssize_t got = ready < 0 ? -1 : recv(socket, part, room, 0);
    if (got >= 0 || (errno != EINTR && errno != EAGAIN)) {
      return got;
    }
  }
}

/** Throws with a sentence where no address comes. */
std::string askAddress(const std::string& path, int broken) {
  sockaddr_un place = {};
  place.sun_family = AF_UNIX;
  if (path.size() >= sizeof place.sun_path) {
    throw std::runtime_error("the path " + path + " is too long for a socket; set PATCHBAY_RUNTIME_DIR to a shorter one");
  }
  std::memcpy(place.sun_path, path.c_str(), path.size());
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (socket.get() < 0 || connect(socket.get(), reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) {
    throw std::runtime_error("the control process does not serve a panel at " + path + ": " + errorText(errno));
  }
  const std::int64_t deadline = nowNanos() + kAnswerNanos;
  std::string answer;
  char part[kMostAddress];
  ssize_t got = 1;
  while (got > 0 && answer.size() < kMostAddress) {
    got = receive(socket.get(), part, sizeof part, broken, deadline);
    answer.append(part, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  }
  const std::string address(line(answer));
  if (!isAddress(address)) {
    throw std::runtime_error(got < 0 ? "the control process did not tell the panel's address in time"
                                     : "the control process told no address of a panel");
  }
  return address;
}

/** The page that leads a browser on; for this user only. Throws with a sentence where it cannot be written. */
void writeLink(const std::string& path, const std::string& address) {
  const std::string page = "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0; url=" + address +
                           "\"><title>Panel</title><a href=\"" + address + "\">Open the panel</a>\n";
  unlink(path.c_str());
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.get() < 0 || write(file.get(), page.data(), page.size()) != static_cast<ssize_t>(page.size())) {
    throw std::runtime_error("the file " + path + " cannot be written: " + errorText(errno));
  }
}

}  // namespace

PanelState panelState(const std::string& regionId) {
  PanelState state;
  const std::string path = stem(regionId);
  if (path.empty()) {
    return state;
  }
  struct stat status = {};
  state.reachable = stat((path + kSocket).c_str(), &status) == 0 && S_ISSOCK(status.st_mode);
  const Descriptor file(open((path + kAddress).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  char text[kMostAddress];
  const ssize_t got = file.get() < 0 ? 0 : read(file.get(), text, sizeof text);
  if (got > 0) {
    const std::string_view address = line(std::string_view(text, static_cast<std::size_t>(got)));
    if (isAddress(address)) {
      // Without the token, which is its key.
      state.served = address.substr(kScheme.size(), address.find('/', kScheme.size()) - kScheme.size());
    }
  }
  return state;
}

/** What the thread, the launcher's thread and the view know of it. */
struct PanelVisit::Shared {
  /** Nobody is told of what nobody waits for any more. */
  void say(const std::string& sentence, bool isFailure, bool isOver) {
    const std::lock_guard<std::mutex> lock(mutex);
    if (left) {
      return;
    }
    outcome = sentence;
    over = isOver;
    if (isFailure) {
      log("the panel was not opened: " + sentence);
    }
  }

  std::mutex mutex;
  std::string outcome;
  bool over = false;
  bool left = false;
};

namespace {

/** Hands the file to the user's browser. Throws with a sentence where that cannot be done. */
template <class Listener>
void openBrowser(Launcher& launcher, const std::string& file, Listener listener) {
  SpawnPlan plan;
  plan.program = findProgram(kOpener);
  plan.arguments = {kOpener, file};
  plan.environment = desktopEnvironment();
  plan.outlives = true;
  if (const char* home = std::getenv("HOME"); home != nullptr) {
    plan.folder = home;
  }
  std::string error;
  if (launcher.start(plan, std::move(listener), error) == nullptr) {
    throw std::runtime_error(error);
  }
}

}  // namespace

PanelVisit::PanelVisit(std::string regionId)
    : shared_(std::make_shared<Shared>()), launcher_(Launcher::acquire()), event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (event_ < 0) {
    throw std::system_error(errno, std::generic_category(), "eventfd");
  }
  const auto work = [shared = shared_, launcher = launcher_.get(), event = event_, id = std::move(regionId)] {
    try {
      const std::string path = stem(id);
      if (path.empty()) {
        throw std::runtime_error("there is no folder for sockets; set PATCHBAY_RUNTIME_DIR to one of your own");
      }
      const std::string address = askAddress(path + kSocket, event);
      writeLink(path + kLink, address);
      shared->say("Opening it in your browser.", false, false);
      openBrowser(*launcher, path + kLink, [shared](const ChildEnd& end) {
        const bool opened = end.how == "exit status 0";
        shared->say(opened ? "Opened in your browser." : std::string(kOpener) + " failed: " + end.how + kElse, !opened, true);
      });
    } catch (const std::exception& failure) {
      shared->say(std::string(failure.what()) + kElse, true, true);
    }
  };
  // The thread inherits the mask: no signal of the host is ever handled on it.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    thread_ = std::thread(work);
  } catch (...) {
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    close(event_);
    throw;
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

PanelVisit::~PanelVisit() {
  if (!guard_.inOriginalProcess()) {
    // The thread did not come along: it may have had the mutex, it cannot be waited for, and its event is the other process's.
    [[maybe_unused]] const auto* thread = new std::thread(std::move(thread_));
    [[maybe_unused]] const auto* shared = new std::shared_ptr<Shared>(shared_);
    [[maybe_unused]] const auto* launcher = new std::shared_ptr<Launcher>(launcher_);
    return;
  }
  {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    shared_->left = true;
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(event_, &one, sizeof one);
  thread_.join();
  close(event_);
}

std::string PanelVisit::outcome() const {
  if (!guard_.inOriginalProcess()) {
    return {};
  }
  const std::lock_guard<std::mutex> lock(shared_->mutex);
  return shared_->outcome;
}

bool PanelVisit::over() const {
  if (!guard_.inOriginalProcess()) {
    return true;
  }
  const std::lock_guard<std::mutex> lock(shared_->mutex);
  return shared_->over;
}

}  // namespace patchbay::bridge
