// SPDX-License-Identifier: Apache-2.0
#include "control_socket.h"

#include <poll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <sstream>
#include <utility>
#include <vector>

#include "child_environment.h"
#include "clock.h"
#include "engine_swap.h"
#include "log.h"
#include "repair_thread.h"

namespace patchbay::bridge {
namespace {

/** Whoever asks writes at once. */
constexpr int kReadMillis = 2000;
constexpr std::size_t kMostBytes = 1 << 16;

/** A descriptor that is closed with its owner. */
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_;
};

/** The folder keeps others out; this does where it could not. */
bool isOurUser(int fd) {
  ucred peer = {};
  socklen_t length = sizeof peer;
  return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == geteuid();
}

/** The lines of a request; none where it does not come whole. */
std::vector<std::string> readLines(int fd) {
  std::string text;
  const std::int64_t deadline = nowNanos() + kReadMillis * kNanosPerMilli;
  while (text.find("\n\n") == std::string::npos) {
    pollfd one = {fd, POLLIN, 0};
    const std::int64_t left = (deadline - nowNanos()) / kNanosPerMilli;
    char bytes[4096];
    const ssize_t got = left > 0 && poll(&one, 1, static_cast<int>(left)) > 0 ? recv(fd, bytes, sizeof bytes, 0) : 0;
    if (got <= 0 || text.size() > kMostBytes) {
      return {};
    }
    text.append(bytes, static_cast<std::size_t>(got));
  }
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line) && !line.empty();) {
    lines.push_back(line);
  }
  return lines;
}

std::string answer(const std::vector<std::string>& lines) {
  const auto behind = [](const std::string& line, const char* word) {
    const std::size_t length = std::strlen(word);
    return line.compare(0, length, word) == 0 ? line.substr(length) : std::string();
  };
  std::string instance;
  std::vector<std::string> jars;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (std::string jar = behind(lines[i], "jar "); !jar.empty()) {
      jars.push_back(std::move(jar));
    } else if (std::string id = behind(lines[i], "instance "); !id.empty()) {
      instance = std::move(id);
    } else {
      return "failed\nThis bridge does not know the line \"" + lines[i] + "\": use tools of its own version.\n";
    }
  }
  if (lines.empty() || lines[0] != "swap" || jars.empty()) {
    return "failed\nThis bridge takes the request \"swap\" with at least one jar: use tools of its own version.\n";
  }
  const SwapReport report = swapEngines(instance, jars);
  if (!report.known) {
    return "unknown\n";
  }
  std::string text = report.errors.empty() ? "ok " + std::to_string(report.swapped) + "\n" : "failed\n";
  for (const std::string& error : report.errors) {
    text += error + "\n";
  }
  return text;
}

void sendAll(int fd, const std::string& text) {
  std::size_t sent = 0;
  while (sent < text.size()) {
    const ssize_t now = send(fd, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (now <= 0 && errno != EINTR) {
      return;  // Nobody reads it any more.
    }
    sent += now > 0 ? static_cast<std::size_t>(now) : 0;
  }
}

}  // namespace

/** What the launcher's thread and ours share. */
struct ControlSocket::State {
  explicit State(int fd) : listening(fd), worker([this](RepairThread& /*itself*/) { serve(); }) {}

  /** Takes a connection if there is one; the launcher's thread. */
  void accept() {
    const int fd = accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) {
      return;
    }
    {
      const std::lock_guard<std::mutex> lock(mutex);
      waiting.emplace_back(fd);
    }
    [[maybe_unused]] const bool served = worker.request();
  }

  void serve() {
    for (;;) {
      std::vector<Descriptor> mine;
      {
        const std::lock_guard<std::mutex> lock(mutex);
        mine.swap(waiting);
      }
      if (mine.empty()) {
        return;
      }
      for (const Descriptor& one : mine) {
        if (isOurUser(one.get())) {
          sendAll(one.get(), answer(readLines(one.get())));
        }
      }
    }
  }

  const Descriptor listening;
  std::mutex mutex;
  std::vector<Descriptor> waiting;  ///< guarded by mutex
  RepairThread worker;              ///< last: it ends before what it uses
};

std::shared_ptr<ControlSocket> ControlSocket::acquire(std::string& complaint) {
  static std::mutex mutex;
  static std::weak_ptr<ControlSocket> current;
  const std::lock_guard<std::mutex> lock(mutex);
  if (std::shared_ptr<ControlSocket> socket = current.lock()) {
    return socket;
  }
  const auto failed = [&complaint](const std::string& what) {
    complaint = "the command line cannot reach this plug-in: " + what + " failed: " + errorText(errno);
    return nullptr;
  };
  std::uint32_t random = 0;
  if (getrandom(&random, sizeof random, 0) != static_cast<ssize_t>(sizeof random)) {
    return failed("getrandom");
  }
  char digits[9];
  std::snprintf(digits, sizeof digits, "%08x", random);
  const std::string folder = runtimeFolder();
  const std::string path = folder + "/" + std::to_string(getpid()) + "-" + digits + ".sock";
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (folder.empty() || path.size() >= sizeof address.sun_path) {
    complaint = "the command line cannot reach this plug-in: there is no runtime folder, or its path is longer than " +
                std::to_string(sizeof address.sun_path) + " characters; set PATCHBAY_RUNTIME_DIR to a folder of your own";
    return nullptr;
  }
  std::memcpy(address.sun_path, path.c_str(), path.size());
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) {
    return failed("socket");
  }
  auto state = std::make_shared<State>(fd);
  if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return failed("bind of " + path);
  }
  std::shared_ptr<ControlSocket> made(new ControlSocket(std::move(state), path));
  if (chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 || listen(fd, 4) != 0) {
    return failed("listen at " + path);
  }
  current = made;
  return made;
}

ControlSocket::ControlSocket(std::shared_ptr<State> state, std::string path)
    : state_(std::move(state)),
      path_(std::move(path)),
      launcher_(Launcher::acquire()),
      accepting_(launcher_->repeat([shared = state_] { shared->accept(); })) {}

ControlSocket::~ControlSocket() {
  if (!guard_.inOriginalProcess()) {
    // The thread did not come along, and the socket is the other process's.
    [[maybe_unused]] const auto* kept = new std::shared_ptr<State>(state_);
    return;
  }
  unlink(path_.c_str());
  accepting_ = nullptr;
  state_->worker.stop();
}

}  // namespace patchbay::bridge
