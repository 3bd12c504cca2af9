// SPDX-License-Identifier: Apache-2.0
#include "control_socket.h"

#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <utility>
#include <vector>

#include "engine_swap.h"
#include "log.h"
#include "repair_thread.h"
#include "request_socket.h"

namespace patchbay::bridge {
namespace {

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

}  // namespace

/** What the launcher's thread and ours share. */
struct ControlSocket::State {
  explicit State(RequestSocket socket) : listening(std::move(socket)), worker([this](RepairThread& /*itself*/) { serve(); }) {}

  /** Takes a connection if there is one; the launcher's thread. */
  void accept() {
    Descriptor one = listening.accept();
    if (one.get() < 0) {
      return;
    }
    {
      const std::lock_guard<std::mutex> lock(mutex);
      waiting.push_back(std::move(one));
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
        sendAll(one.get(), answer(readLines(one.get())));
      }
    }
  }

  const RequestSocket listening;
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
  std::uint32_t random = 0;
  if (getrandom(&random, sizeof random, 0) != static_cast<ssize_t>(sizeof random)) {
    complaint = "the command line cannot reach this plug-in: getrandom failed: " + errorText(errno);
    return nullptr;
  }
  char digits[9];
  std::snprintf(digits, sizeof digits, "%08x", random);
  RequestSocket listening;
  if (const std::string wrong = listening.open(std::to_string(getpid()) + "-" + digits + ".sock"); !wrong.empty()) {
    complaint = "the command line cannot reach this plug-in: " + wrong;
    return nullptr;
  }
  std::string path = listening.path();
  std::shared_ptr<ControlSocket> made(
      new ControlSocket(std::make_shared<State>(std::move(listening)), std::move(path)));
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
