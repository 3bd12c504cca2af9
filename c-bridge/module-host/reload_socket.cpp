// SPDX-License-Identifier: Apache-2.0
#include "reload_socket.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "log.h"

namespace patchbay::modulehost {
namespace {

/** So many digits of a region's id tell the instances of a host apart; all of them are compared in a request. */
constexpr std::size_t kDigits = 8;

/** How long the module that serves may take to return from a call. */
constexpr std::chrono::seconds kBegin{30};

std::string sentence(std::string text) {
  for (char& one : text) {
    one = one == '\n' ? ' ' : one;
  }
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text + (text.back() == '.' ? "" : ".");
}

}  // namespace

std::string ReloadSocket::open(const Options& options) {
  id_ = options.id;
  std::string error = socket_.open(std::to_string(options.host) + "-" + id_.substr(0, kDigits) + ".control");
  if (!error.empty()) {
    return error;
  }
  end_ = bridge::Descriptor(eventfd(0, EFD_CLOEXEC));
  if (end_.get() < 0) {
    return "eventfd failed: " + bridge::errorText(errno);
  }
  try {
    thread_ = std::thread([this] { listen(); });
  } catch (const std::system_error& failure) {
    return std::string("no thread can be started: ") + failure.what();
  }
  return {};
}

ReloadSocket::~ReloadSocket() {
  if (thread_.joinable()) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(end_.get(), &one, sizeof one);
    thread_.join();
  }
  if (socket_.descriptor() >= 0) {
    unlink(socket_.path().c_str());
  }
}

void ReloadSocket::listen() {
  for (;;) {
    pollfd both[] = {{socket_.descriptor(), POLLIN, 0}, {end_.get(), POLLIN, 0}};
    if (poll(both, 2, -1) < 0 && errno != EINTR) {
      return;
    }
    if (both[1].revents != 0) {
      return;
    }
    if (both[0].revents != 0) {
      if (const bridge::Descriptor one = socket_.accept(); one.get() >= 0) {
        bridge::sendAll(one.get(), answer(bridge::readLines(one.get())));
      }
    }
  }
}

std::string ReloadSocket::answer(const std::vector<std::string>& lines) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].compare(0, 4, "jar ") == 0) {
      return "failed\nThis control module is a library, which no jar replaces: put its new version into the bundle, and "
             "ask without --jar.\n";
    }
    if (lines[i].compare(0, 9, "instance ") != 0) {
      return "failed\nThis control process does not know the line \"" + lines[i] + "\": use tools of its own version.\n";
    }
    if (lines[i].substr(9) != id_) {
      return "unknown\n";
    }
  }
  if (lines.empty() || lines[0] != "reload") {
    return "failed\nThis control process takes the request \"reload\": use tools of its own version.\n";
  }
  const std::string refusal = ask();
  return refusal.empty() ? "ok 1\n" : "failed\n" + sentence(refusal) + "\n";
}

std::string ReloadSocket::ask() {
  std::unique_lock<std::mutex> lock(mutex_);
  request_ = Request::waiting;
  changed_.wait_for(lock, kBegin, [this] { return ended_ || request_ != Request::waiting; });
  if (request_ == Request::waiting && !ended_) {
    request_ = Request::none;
    return "the module that serves has not returned from a call within " + std::to_string(kBegin.count()) +
           " s, so nothing was replaced";
  }
  changed_.wait(lock, [this] { return ended_ || request_ == Request::done; });
  if (request_ != Request::done) {
    return "the plug-in leaves at the moment";
  }
  request_ = Request::none;
  return refusal_;
}

void ReloadSocket::serve(const std::function<std::string()>& reload) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (request_ != Request::waiting) {
      return;
    }
    request_ = Request::begun;
  }
  changed_.notify_all();
  std::string refusal = reload();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    refusal_ = std::move(refusal);
    request_ = Request::done;
  }
  changed_.notify_all();
}

}  // namespace patchbay::modulehost
