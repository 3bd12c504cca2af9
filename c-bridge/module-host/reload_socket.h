// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "attachment.h"
#include "request_socket.h"

namespace patchbay::modulehost {

/**
 * Where the command line reaches this process, as it reaches one of a control module in Java: ReloadSocket there, which states what is said. A
 * request without jars has the library in the bundle loaded as it is now. One after the other, on a thread of its own; the thread that
 * serves does what is asked.
 */
class ReloadSocket {
 public:
  ReloadSocket() = default;
  ~ReloadSocket();
  ReloadSocket(const ReloadSocket&) = delete;
  ReloadSocket& operator=(const ReloadSocket&) = delete;

  /** Listens from now on. Why that cannot be, or nothing. */
  [[nodiscard]] std::string open(const Options& options);

  /** Does what was asked for, if anything was; reload answers why it was refused, or nothing. The thread that serves. */
  void serve(const std::function<std::string()>& reload);

 private:
  enum class Request { none, waiting, begun, done };

  void listen();
  [[nodiscard]] std::string answer(const std::vector<std::string>& lines);
  [[nodiscard]] std::string ask();

  bridge::RequestSocket socket_;
  bridge::Descriptor end_{-1};  ///< an eventfd
  std::string id_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Request request_ = Request::none;  ///< guarded by mutex_, as what follows
  std::string refusal_;
  bool ended_ = false;
};

}  // namespace patchbay::modulehost
