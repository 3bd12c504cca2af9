// SPDX-License-Identifier: Apache-2.0
#include "jar_copies.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <tuple>
#include <utility>

#include "child_environment.h"
#include "content_hash.h"
#include "log.h"

namespace patchbay::bridge {
namespace {

constexpr char kPrefix[] = "jars-";

/** Another process that sweeps may take a new folder for one that was left, in the moment before it is locked. */
constexpr int kMostAttempts = 10;

std::string nameOf(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/** A descriptor of a folder that is locked by it; -1 with errno set where another has the lock, or the folder is gone. */
int lockFolder(const std::string& folder) {
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) {
    return -1;
  }
  struct stat locked = {};
  struct stat named = {};
  int error = 0;
  if (flock(fd, LOCK_EX | LOCK_NB) != 0 || fstat(fd, &locked) != 0 || lstat(folder.c_str(), &named) != 0) {
    error = errno;
  } else if (locked.st_dev != named.st_dev || locked.st_ino != named.st_ino) {
    error = ENOENT;
  }
  if (error != 0) {
    close(fd);
    errno = error;
    return -1;
  }
  return fd;
}

/** What tells whether a file has changed: device and inode, length, time of the last change. */
using Seen = std::tuple<dev_t, ino_t, off_t, time_t, long>;

/** Of each file; one that is not there has none. */
std::vector<Seen> look(const std::vector<std::string>& files) {
  std::vector<Seen> seen;
  for (const std::string& file : files) {
    struct stat status = {};
    if (stat(file.c_str(), &status) == 0) {
      seen.emplace_back(status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    }
  }
  return seen;
}

std::uint32_t littleEndian(const std::vector<unsigned char>& bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = count - 1; i >= 0; --i) {
    value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
  }
  return value;
}

bool sameContent(const std::string& one, const std::string& other) {
  std::uint64_t length[2] = {};
  std::uint64_t hash[2] = {};
  return nameOf(one) == nameOf(other) && hashFile(one, length[0], hash[0]) && hashFile(other, length[1], hash[1]) &&
         length[0] == length[1] && hash[0] == hash[1];
}

}  // namespace

bool isCompleteJar(const std::string& path) {
  constexpr std::uint32_t kEnd = 0x06054b50;
  constexpr std::uint32_t kEntry = 0x02014b50;
  constexpr std::uint32_t kElsewhere = 0xffffffff;
  constexpr std::size_t kEndBytes = 22;
  constexpr std::size_t kMostComment = 65535;
  std::ifstream in(path, std::ios::binary);
  in.seekg(0, std::ios::end);
  const auto length = static_cast<std::size_t>(std::max<std::streamoff>(0, in.tellg()));
  const std::size_t tail = std::min(length, kEndBytes + kMostComment);
  std::vector<unsigned char> bytes(tail);
  in.seekg(static_cast<std::streamoff>(length - tail));
  if (tail < kEndBytes || !in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(tail))) {
    return false;
  }
  for (std::size_t at = tail - kEndBytes + 1; at-- > 0;) {
    if (littleEndian(bytes, at, 4) != kEnd || at + kEndBytes + littleEndian(bytes, at + 20, 2) != tail) {
      continue;
    }
    const std::uint32_t size = littleEndian(bytes, at + 12, 4);
    const std::uint32_t start = littleEndian(bytes, at + 16, 4);
    if (start == kElsewhere || size == kElsewhere) {
      return true;  // An archive of more than 4 GB says so in another place.
    }
    std::vector<unsigned char> entry(4);
    in.seekg(start);
    return std::size_t{start} + size <= length - tail + at &&
           in.read(reinterpret_cast<char*>(entry.data()), 4) && littleEndian(entry, 0, 4) == kEntry;
  }
  return false;
}

std::shared_ptr<const JarCopies> JarCopies::make(const std::vector<std::string>& jars, std::string& error) {
  const std::string base = runtimeFolder();
  if (base.empty() || base.find(':') != std::string::npos) {
    error = "There is no runtime folder for copies of jars, or its path has a colon, which no class path can hold: set "
            "PATCHBAY_RUNTIME_DIR to a folder of your own.";
    return nullptr;
  }
  std::shared_ptr<JarCopies> made;
  for (int i = 0; i < kMostAttempts && made == nullptr; ++i) {
    std::string folder = base + "/" + kPrefix + "XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) {
      break;
    }
    if (const int lock = lockFolder(folder); lock >= 0) {
      made.reset(new JarCopies(folder, lock));
    } else if (errno != EWOULDBLOCK && errno != ENOENT) {
      const int reason = errno;
      rmdir(folder.c_str());
      errno = reason;
      break;
    }
  }
  if (made == nullptr) {
    error = "No folder for copies of jars can be made and locked in " + base + ": " + errorText(errno) +
            ". Set PATCHBAY_RUNTIME_DIR to a folder of your own.";
    return nullptr;
  }
  const std::vector<Seen> before = look(jars);
  for (const std::string& jar : jars) {
    error = made->copy(jar);
    if (!error.empty()) {
      return nullptr;
    }
  }
  if (look(jars) != before) {
    error = "The jars change while they are read: wait until they are built.";
    return nullptr;
  }
  return made;
}

/** Adds a jar; why not, or nothing. */
std::string JarCopies::copy(const std::string& jar) {
  const std::string name = nameOf(jar);
  const std::string subject = "The jar \"" + jar + "\" ";
  if (jar.empty() || jar[0] != '/' || access(jar.c_str(), R_OK) != 0) {
    return subject + "cannot be read by the host: " +
           (!jar.empty() && jar[0] == '/' ? errorText(errno) : "its path is not absolute") + ".";
  }
  if (name.find(':') != std::string::npos) {
    return subject + "has a colon in its name, which no class path can hold: give it another name.";
  }
  std::string to = folder_ + "/" + name;
  std::error_code failure;
  if (std::any_of(paths_.begin(), paths_.end(), [&name](const std::string& one) { return nameOf(one) == name; })) {
    // Jars of different folders may have the same name.
    const std::string own = folder_ + "/" + std::to_string(paths_.size());
    std::filesystem::create_directory(own, failure);
    to = own + "/" + name;
  }
  if (failure || !std::filesystem::copy_file(jar, to, failure)) {
    return subject + "cannot be copied to " + to + ": " + failure.message() + ".";
  }
  if (!isCompleteJar(to)) {
    return subject + "is not complete: expected an archive with its directory at its end, as it is once it has been built.";
  }
  paths_.push_back(to);
  return {};
}

void JarCopies::sweep() {
  // What another process removes meanwhile is no error.
  std::error_code error;
  for (std::filesystem::directory_iterator at(runtimeFolder(), error), end; !error && at != end; at.increment(error)) {
    const std::string folder = at->path().string();
    const int lock = nameOf(folder).compare(0, sizeof kPrefix - 1, kPrefix) == 0 ? lockFolder(folder) : -1;
    if (lock >= 0) {
      std::error_code ignored;
      std::filesystem::remove_all(folder, ignored);
      close(lock);
    }
  }
}

JarCopies::~JarCopies() {
  // A fork of the host has the object and a descriptor; the files are the other process's.
  if (guard_.inOriginalProcess()) {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
    if (error) {
      log("the copies of jars in " + folder_ + " cannot be removed: " + error.message());
    }
  }
  close(lock_);
}

bool JarCopies::sameAs(const JarCopies& other) const {
  return paths_.size() == other.paths_.size() &&
         std::equal(paths_.begin(), paths_.end(), other.paths_.begin(), sameContent);
}

}  // namespace patchbay::bridge
