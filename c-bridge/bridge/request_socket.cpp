// SPDX-License-Identifier: Apache-2.0
#include "request_socket.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <system_error>

#include "child_environment.h"
#include "clock.h"
#include "log.h"

namespace patchbay::bridge {
namespace {

/** Whoever asks writes at once. */
constexpr int kReadMillis = 2000;
constexpr std::size_t kMostBytes = 1 << 16;

/** The folder keeps others out; this does where it could not. */
bool isOurUser(int fd) {
  ucred peer = {};
  socklen_t length = sizeof peer;
  return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == geteuid();
}

/** Whether a process is known to have ended: where processes cannot be seen, or are numbered anew as in a container, none is. */
bool hasEnded(const std::string& pid) {
  const std::string self = "/proc/" + std::to_string(getpid()) + "/stat";
  return access(self.c_str(), F_OK) == 0 && kill(static_cast<pid_t>(std::atol(pid.c_str())), 0) != 0 && errno == ESRCH;
}

/** Whether somebody answers at a socket, such as one whose number of a process is another container's. */
bool isServed(const std::string& path) {
  const Descriptor asks(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (asks.get() < 0 || path.size() >= sizeof address.sun_path) {
    return true;
  }
  std::memcpy(address.sun_path, path.c_str(), path.size());
  return connect(asks.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
         (errno != ECONNREFUSED && errno != ENOTSOCK);
}

/** Hosts that were killed, with all that is theirs, have left their sockets behind, and control what belongs to its panel. */
void sweep(const std::string& folder) {
  const std::regex left("([0-9]+)-[0-9a-f]{8,32}\\.(?:(sock|control|panel)|url|html)");
  std::map<std::string, std::vector<std::string>> ended;
  std::set<std::string> served;
  std::error_code failure;
  for (std::filesystem::directory_iterator all(folder, failure), end; !failure && all != end; all.increment(failure)) {
    const std::string name = all->path().filename().string();
    std::smatch found;
    if (!std::regex_match(name, found, left) || !hasEnded(found[1])) {
      continue;
    }
    ended[found[1]].push_back(all->path().string());
    if (found[2].matched && isServed(all->path().string())) {
      served.insert(found[1]);
    }
  }
  for (const auto& [pid, paths] : ended) {
    for (const std::string& path : paths) {
      if (served.count(pid) == 0) {
        unlink(path.c_str());
      }
    }
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) {
    ::close(fd_);
  }
}

std::string RequestSocket::open(const std::string& name) {
  const std::string folder = runtimeFolder();
  path_ = folder + "/" + name;
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (folder.empty() || path_.size() >= sizeof address.sun_path) {
    return "there is no runtime folder, or its path is longer than " + std::to_string(sizeof address.sun_path) +
           " characters; set PATCHBAY_RUNTIME_DIR to a folder of your own";
  }
  sweep(folder);
  std::memcpy(address.sun_path, path_.c_str(), path_.size());
  Descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const char* failed = nullptr;
  if (made.get() < 0) {
    failed = "socket";
  } else if (unlink(path_.c_str()) != 0 && errno != ENOENT) {
    // One of a process that was killed.
    failed = "unlink";
  } else if (bind(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    failed = "bind";
  } else if (chmod(path_.c_str(), S_IRUSR | S_IWUSR) != 0) {
    failed = "chmod";
  } else if (listen(made.get(), 4) != 0) {
    failed = "listen";
  }
  if (failed != nullptr) {
    const std::string why = errorText(errno);
    unlink(path_.c_str());
    return std::string(failed) + " for " + path_ + " failed: " + why;
  }
  listening_ = std::move(made);
  return {};
}

Descriptor RequestSocket::accept() const {
  Descriptor one(accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  return one.get() >= 0 && isOurUser(one.get()) ? std::move(one) : Descriptor(-1);
}

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

}  // namespace patchbay::bridge
