// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <string>

namespace patchbay::bridge::test {

/** Asks at a socket as the command line does; the answer. */
inline std::string askAt(const std::string& path, const std::string& request) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size());
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(send(fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()));
  std::string text;
  char bytes[512];
  for (ssize_t got = recv(fd, bytes, sizeof bytes, 0); got > 0; got = recv(fd, bytes, sizeof bytes, 0)) {
    text.append(bytes, static_cast<std::size_t>(got));
  }
  close(fd);
  return text;
}

}  // namespace patchbay::bridge::test
