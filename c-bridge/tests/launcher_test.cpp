// SPDX-License-Identifier: Apache-2.0
#include "launcher.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "workbench.h"

using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

namespace {

SpawnPlan ends(const char* status) {
  SpawnPlan plan;
  plan.program = "/bin/sh";
  plan.arguments = {"sh", "-c", std::string("exit ") + status};
  return plan;
}

}  // namespace

TEST_SUITE("launcher") {
  TEST_CASE("a listener that throws harms neither the host nor the news of later ends") {
    const std::shared_ptr<Launcher> launcher = Launcher::acquire();
    std::string error;
    const std::string errors = errorsOf([&] {
      const std::shared_ptr<Child> first =
          launcher->start(ends("1"), [](const ChildEnd&) { throw std::runtime_error("no memory, say"); }, error);
      REQUIRE((first != nullptr));
      CHECK(first->waitEnded(10'000));
      std::string how;
      const std::shared_ptr<Child> second =
          launcher->start(ends("7"), [&how](const ChildEnd& end) { how = end.how; }, error);
      REQUIRE((second != nullptr));
      CHECK(second->waitEnded(10'000));
      CHECK(how == "exit status 7");
    });
    CHECK(errors == "patchbay: not all that follows from the end of a process could be done: no memory, say\n");
    CHECK(children().empty());
  }
}
