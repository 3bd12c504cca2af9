// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <dlfcn.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

/** How many threads this process has. */
int threads() {
  const std::string status = readText("/proc/self/status");
  return std::atoi(status.c_str() + status.find("Threads:") + 8);
}

Vst::IComponent* newComponent(patchbay::host::Module& module) {
  void* object = nullptr;
  REQUIRE(module.factory().createInstance(firstClass(module).toTUID(), Vst::IComponent::iid.toTUID(), &object) ==
          kResultOk);
  return static_cast<Vst::IComponent*>(object);
}

/** A test host of its own in a child, and its modules' pids. */
struct Victim {
  Victim() {
    char self[4096] = {};
    REQUIRE(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    pid = fork();
    if (pid == 0) {
      dup2(ends[1], STDOUT_FILENO);
      execl(self, self, "--victim", static_cast<char*>(nullptr));
      _exit(127);
    }
    close(ends[1]);
    std::FILE* out = fdopen(ends[0], "r");
    CHECK(std::fscanf(out, "%d %d", &rt, &control) == 2);
    std::fclose(out);
  }
  ~Victim() {
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
  Victim(const Victim&) = delete;
  Victim& operator=(const Victim&) = delete;

  pid_t pid = -1;
  pid_t rt = -1;
  pid_t control = -1;
};

}  // namespace

TEST_SUITE("life") {
  TEST_CASE("when the host is killed its modules are gone at once") {
    Victim victim;
    REQUIRE(running(victim.rt));
    REQUIRE(running(victim.control));
    kill(victim.pid, SIGKILL);
    CHECK(eventually([&] { return !running(victim.rt) && !running(victim.control); }));
  }

  TEST_CASE("a release without terminate ends the modules, too") {
    patchbay::host::Module module(bundlePath("synth"));
    Vst::IComponent* component = newComponent(module);
    component->initialize(nullptr);
    REQUIRE(component->setActive(true) == kResultOk);
    CHECK(children().size() == 2);
    CHECK(component->release() == 0);
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("a library that is unloaded with an instance alive leaves no thread and no process") {
    const int before = threads();
    void* library = dlopen(libraryPath("synth").c_str(), RTLD_NOW | RTLD_LOCAL);
    REQUIRE(library != nullptr);
    bool exits = false;
    bool killed = false;
    SUBCASE("after ModuleExit") { exits = true; }
    SUBCASE("without ModuleExit") {}
    SUBCASE("while another engine is started in place of one that died") { killed = true; }
    auto enter = reinterpret_cast<bool (*)(void*)>(dlsym(library, "ModuleEntry"));
    auto leave = reinterpret_cast<bool (*)()>(dlsym(library, "ModuleExit"));
    auto makeFactory = reinterpret_cast<IPluginFactory* (*)()>(dlsym(library, "GetPluginFactory"));
    CHECK(enter(library));
    IPluginFactory* factory = makeFactory();
    PClassInfo info;
    factory->getClassInfo(0, &info);
    void* object = nullptr;
    factory->createInstance(info.cid, Vst::IComponent::iid.toTUID(), &object);
    auto* component = static_cast<Vst::IComponent*>(object);
    component->initialize(nullptr);
    REQUIRE(component->setActive(true) == kResultOk);
    CHECK(threads() == before + 1);
    if (exits) {
      CHECK(leave());
    }
    const std::string errors = errorsOf([&] {
      if (killed) {
        kill(RegionView().pid(PB_STANDARD_ROLE_RT), SIGKILL);
        CHECK(eventually([&] { return threads() > before + 1; }));
      }
      dlclose(library);
    });
    CHECK(errors.empty() == !killed);
    // A thread that was joined may be counted for a moment longer.
    CHECK(eventually([&] { return threads() == before; }));
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("ModuleExit ends what the host forgot, and ModuleEntry makes the library as good as new") {
    Player player;
    REQUIRE(player.start());
    void* library = dlopen(player.module->binary().c_str(), RTLD_NOW | RTLD_NOLOAD);
    REQUIRE(library != nullptr);
    auto enter = reinterpret_cast<bool (*)(void*)>(dlsym(library, "ModuleEntry"));
    auto leave = reinterpret_cast<bool (*)()>(dlsym(library, "ModuleExit"));
    CHECK(errorsOf([&] { CHECK(leave()); }).empty());
    CHECK(children().empty());
    CHECK(player.play(64) == std::vector<float>(64, 0.0f));
    CHECK(enter(library));
    player.component->terminate();
    player.component->initialize(nullptr);
    REQUIRE(player.activate());
    CHECK(children().size() == 2);
    dlclose(library);
  }

  TEST_CASE("a fork of the host that plays on is silent, and does not touch its parent's modules") {
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    player.play(256);
    const std::vector<pid_t> before = children();
    const pid_t fork1 = fork();
    if (fork1 == 0) {
      bool good = player.play(64) == std::vector<float>(64, 0.0f);
      good = good && player.component->setActive(false) == kResultOk;
      good = good && player.component->setActive(true) != kResultOk;
      good = good && player.component->terminate() == kResultOk;
      player.processor = nullptr;
      player.controller = nullptr;
      player.component->release();
      _exit(good ? 0 : 1);
    }
    int status = -1;
    REQUIRE(waitpid(fork1, &status, 0) == fork1);
    CHECK(status == 0);
    CHECK(children() == before);
    Block block(64);
    block.noteOn(0, 60, 1.0f);
    player.play(block);
    CHECK(block.left[0] == 0.5f);
  }

  TEST_CASE("a fork of the host that exits normally does so") {
    Player player;
    REQUIRE(player.start());
    std::fflush(nullptr);
    const pid_t copy = fork();
    if (copy == 0) {
      // Runs the library's destructors.
      std::exit(0);
    }
    int status = -1;
    CHECK(eventually([&] { return waitpid(copy, &status, WNOHANG) == copy; }));
    CHECK(status == 0);
    CHECK(children().size() == 2);
  }

  TEST_CASE("instances have regions and control processes of their own, and one engine and one launcher") {
    const int before = threads();
    patchbay::host::Module module(bundlePath("synth"));
    std::vector<Vst::IComponent*> components;
    for (int i = 0; i < 4; ++i) {
      components.push_back(newComponent(module));
      components.back()->initialize(nullptr);
      REQUIRE(components.back()->setActive(true) == kResultOk);
    }
    CHECK(RegionView::count() == 4 + 1);
    CHECK(children().size() == 4 + 1);
    CHECK(threads() == before + 1);
    for (Vst::IComponent* component : components) {
      component->terminate();
      CHECK(component->release() == 0);
    }
    CHECK(RegionView::count() == 0);
    CHECK(children().empty());
    // A thread that was joined may be counted for a moment longer.
    CHECK(eventually([&] { return threads() == before; }));
  }

  TEST_CASE("processing, states, activations and questions from several threads at once do no harm") {
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    std::atomic<bool> stop{false};
    std::thread audio([&] {
      int block = 0;
      while (!stop) {
        Block next(128);
        next.set(10, 0, (block % 100) / 100.0);
        next.noteOn(0, static_cast<int16>(block % 128), 0.1f);
        player.play(next);
        ++block;
      }
    });
    std::thread other([&] {
      while (!stop) {
        player.play(32);
      }
    });
    std::thread states([&] {
      while (!stop) {
        player.load(player.save());
      }
    });
    for (int i = 0; i < 60; ++i) {
      player.deactivate();
      CHECK(player.activate());
      player.controller->getParamNormalized(10);
      usleep(5000);
      if (i % 20 == 19) {
        CHECK(player.component->terminate() == kResultOk);
        CHECK(player.component->initialize(nullptr) == kResultOk);
      }
    }
    stop = true;
    audio.join();
    other.join();
    states.join();
  }

  TEST_CASE("states in a row wait for nobody") {
    Player player;
    REQUIRE(player.start());
    const std::vector<char> state = player.save();
    const std::int64_t before = nowMillis();
    for (int i = 0; i < 2000; ++i) {
      REQUIRE(player.load(state) == kResultOk);
    }
    // A few milliseconds for each would be more.
    CHECK(nowMillis() - before < 10'000);
  }
}
