// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <patchbay/standard.h>

namespace patchbay::bridge::test {

/** Sets PATCHBAY_FAKE, which tells the fake modules how to misbehave, for as long as it lives. */
class Fake {
 public:
  explicit Fake(const std::string& words);
  ~Fake();
  Fake(const Fake&) = delete;
  Fake& operator=(const Fake&) = delete;
};

/** What is written to stderr while this runs. */
[[nodiscard]] std::string errorsOf(const std::function<void()>& work);

/** Within the work of errorsOf: what was written so far. */
[[nodiscard]] std::string errorsYet();

/** How often a text has a part. */
[[nodiscard]] int occurrences(const std::string& text, const std::string& part);

/**
 * A bundle that the build made: "synth", "effect", "absent", "solo", whose instances share no engine, or "spare" and "spare_solo",
 * which have a spare engine; "native" and the like, whose modules are libraries. Or any, by its absolute path.
 */
[[nodiscard]] std::string bundlePath(const std::string& name);
[[nodiscard]] std::string libraryPath(const std::string& name);

/** The region of an instance that this process holds, as another participant would see it. */
class RegionView {
 public:
  /** That of the only instance. */
  RegionView();
  ~RegionView();
  RegionView(const RegionView&) = delete;
  RegionView& operator=(const RegionView&) = delete;

  /** Those of all instances. */
  [[nodiscard]] static std::vector<std::unique_ptr<RegionView>> all();

  /** That of the only engine process. */
  [[nodiscard]] static std::unique_ptr<RegionView> ofEngine();

  /** How many regions this process holds open, those of engines included. */
  [[nodiscard]] static int count();

  [[nodiscard]] std::int64_t counter(std::uint32_t index) const;
  [[nodiscard]] pb_role role(std::uint32_t number) const;
  [[nodiscard]] pid_t pid(std::uint32_t number) const { return role(number).pid; }
  [[nodiscard]] const pb_region_header& header() const;
  [[nodiscard]] pb_section section(const char* name, std::uint64_t hash) const;

  /** Whether RT has answered all that it was asked for. */
  [[nodiscard]] bool answered() const;

  /** The /proc path of its descriptor. */
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit RegionView(std::string path);

  pb_region region_ = {};
  std::string path_;
};

/** The processes whose parent is this one. */
[[nodiscard]] std::vector<pid_t> children();

/** Those of them that are engines: their program is the fake one. */
[[nodiscard]] std::vector<pid_t> engines();

/** Waits for an instance's spare and gives its pid: the engine that serves nobody, where there is one instance or one engine for all. */
[[nodiscard]] pid_t spareOf(const RegionView& region);

/** The bytes of an archive with one entry, as they are: nobody here reads its sum. */
[[nodiscard]] std::string jarOf(const std::string& text);

/** What the first jar on the class path of a process holds. */
[[nodiscard]] std::string jarOn(pid_t pid);

/** The folders with copies of jars that processes of these tests have in the runtime folder. */
[[nodiscard]] std::vector<std::string> copies();

/** Whether a process is there and no zombie. */
[[nodiscard]] bool running(pid_t pid);

/** Whether each thread of a process is stopped: until then it may work on, since a signal takes effect thread by thread. */
[[nodiscard]] bool stopped(pid_t pid);

/** Stops a process and returns when none of its threads runs any more. */
void halt(pid_t pid);

/** Lets a process that has stopped itself, or is about to, go on. */
void goOn(pid_t pid);

/** Whether a thread of this process sleeps. */
[[nodiscard]] bool asleep(pid_t thread);

/** How often the instance's engine was replaced. */
[[nodiscard]] std::int64_t restarts(const RegionView& region);

/** What happens by itself happens within this; generous, since the machine may be busy. */
constexpr int kMillis = 10'000;

/** Waits for something to become true. */
[[nodiscard]] bool eventually(const std::function<bool()>& condition, int millis = kMillis);

[[nodiscard]] std::int64_t nowMillis();
[[nodiscard]] std::string readText(const std::string& path);

/** Whether a text stands somewhere in a state. */
[[nodiscard]] bool contains(const std::vector<char>& state, const std::string& text);

}  // namespace patchbay::bridge::test
