// SPDX-License-Identifier: Apache-2.0
#include "jar_watch.h"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <tuple>
#include <vector>

#include "aot_cache.h"
#include "child_environment.h"
#include "content_hash.h"
#include "engine_pool.h"
#include "engine_swap.h"
#include "launch_options.h"
#include "log.h"
#include "repair_thread.h"

namespace patchbay::bridge {
namespace {

/** Files that were the same for so many looks have been written. */
constexpr int kQuietLooks = 3;

/** A file as a look sees it: name, device and inode, length, time of the last change. */
using Seen = std::tuple<std::string, dev_t, ino_t, off_t, time_t, long>;

std::vector<Seen> look(const std::string& folder) {
  std::vector<Seen> seen;
  for (const std::string& name : jarsIn(folder)) {
    struct stat status = {};
    if (stat((folder + "/" + name).c_str(), &status) == 0) {
      seen.emplace_back(name, status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
                        status.st_mtim.tv_nsec);
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
  return hashFile(one, length[0], hash[0]) && hashFile(other, length[1], hash[1]) && length[0] == length[1] &&
         hash[0] == hash[1];
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

/** What the launcher's thread and ours share. */
struct JarWatch::State {
  State(std::shared_ptr<const Bundle> watched, std::string jars, std::string ours)
      : bundle(std::move(watched)), folder(std::move(jars)), copies(std::move(ours)), worker([this](RepairThread&) { swap(); }) {}

  /** On the launcher's thread. */
  void lookAgain() {
    std::vector<Seen> now = look(folder);
    if (now != seen) {
      seen = std::move(now);
      quiet = 0;
    } else if (!seen.empty() && quiet < kQuietLooks && ++quiet == kQuietLooks) {
      [[maybe_unused]] const bool asked = worker.request();
    }
  }

  /** Copies the jars as they are; the paths of the copies, or none where one is not complete or the files change. */
  std::vector<std::string> copy() {
    const std::vector<Seen> before = look(folder);
    const std::string to = copies + "/" + std::to_string(++number);
    std::vector<std::string> made;
    std::error_code error;
    std::filesystem::create_directory(to, error);
    for (const Seen& file : before) {
      const std::string& name = std::get<0>(file);
      std::filesystem::copy_file(folder + "/" + name, to + "/" + name, error);
      if (error || !isCompleteJar(to + "/" + name)) {
        log(bundle->image->name, "in development: the jar " + folder + "/" + name +
                                     (error ? " cannot be copied: " + error.message() : " is not complete") +
                                     "; what plays goes on, and the jar is looked at again when it changes");
        made.clear();
        break;
      }
      made.push_back(to + "/" + name);
    }
    if (made.empty() || look(folder) != before) {
      std::filesystem::remove_all(to, error);
      return {};
    }
    return made;
  }

  /** The first engine's. */
  void begin() {
    current = copy();
    EnginePool::ofThisLibrary().useJars(*bundle, current);
  }

  void swap() {
    const std::vector<std::string> next = copy();
    if (next.empty()) {
      return;
    }
    std::error_code error;
    if (next.size() == current.size() && std::equal(next.begin(), next.end(), current.begin(), sameContent)) {
      std::filesystem::remove_all(std::filesystem::path(next.front()).parent_path(), error);
      return;
    }
    const SwapReport report = swapEngines("", next);
    if (report.swapped == 0 && !report.errors.empty()) {
      std::filesystem::remove_all(std::filesystem::path(next.front()).parent_path(), error);
      return;
    }
    // An instance that has not gone over still needs those of the former engine.
    if (report.errors.empty() && !current.empty()) {
      std::filesystem::remove_all(std::filesystem::path(current.front()).parent_path(), error);
    }
    current = next;
    log(bundle->image->name, "in development: " + std::to_string(report.swapped) +
                                 (report.swapped == 1 ? " instance plays" : " instances play") + " the changed jars");
  }

  void end() {
    EnginePool::ofThisLibrary().useJars(*bundle, {});
    std::error_code error;
    std::filesystem::remove_all(copies, error);
  }

  const std::shared_ptr<const Bundle> bundle;
  const std::string folder;  ///< of the bundle's jars
  const std::string copies;  ///< a folder of ours

  // The launcher's thread's.
  std::vector<Seen> seen;
  int quiet = 0;

  // The worker's, once it is asked.
  std::vector<std::string> current;
  int number = 0;

  RepairThread worker;  ///< last: it ends before what it uses
};

std::shared_ptr<JarWatch> JarWatch::acquire(const std::shared_ptr<const Bundle>& bundle, std::string& complaint) {
  static std::mutex mutex;
  static std::weak_ptr<JarWatch> current;
  const char* wanted = std::getenv("PATCHBAY_DEV");
  if (wanted == nullptr || std::string(wanted) != "on") {
    return nullptr;
  }
  const std::lock_guard<std::mutex> lock(mutex);
  std::shared_ptr<JarWatch> watch = current.lock();
  const std::string folder = jarFolder(bundle->folder, bundle->image->modules[PB_STANDARD_ROLE_RT].arguments);
  if (watch != nullptr || folder.empty()) {
    return watch;
  }
  std::string copies = runtimeFolder() + "/jars-XXXXXX";
  if (copies.front() != '/' || mkdtemp(copies.data()) == nullptr) {
    complaint = "in development: no folder " + copies + " can be made for copies of the jars: " + errorText(errno) +
                "; set PATCHBAY_RUNTIME_DIR to a folder of your own. Changes of the jars are not followed";
    return nullptr;
  }
  auto state = std::make_shared<State>(bundle, folder, copies);
  state->begin();
  watch.reset(new JarWatch(std::move(state)));
  current = watch;
  log(bundle->image->name, "in development: changes of the jars in " + folder + " are played as they come");
  return watch;
}

JarWatch::JarWatch(std::shared_ptr<State> state)
    : state_(std::move(state)),
      launcher_(Launcher::acquire()),
      looking_(launcher_->repeat([shared = state_] {
        try {
          shared->lookAgain();
        } catch (const std::exception& failure) {
          log(shared->bundle->image->name, std::string("in development: the jars cannot be looked at: ") + failure.what());
        }
      })) {}

JarWatch::~JarWatch() {
  if (!guard_.inOriginalProcess()) {
    // The thread did not come along, and the files are the other process's.
    [[maybe_unused]] const auto* kept = new std::shared_ptr<State>(state_);
    return;
  }
  looking_ = nullptr;
  state_->worker.stop();
  state_->end();
}

}  // namespace patchbay::bridge
