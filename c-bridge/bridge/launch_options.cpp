// SPDX-License-Identifier: Apache-2.0
#include "launch_options.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>

#include "aot_cache.h"

namespace patchbay::bridge {
namespace {

constexpr std::string_view kBundle = "{bundle}";
constexpr std::string_view kAotPlace = "{aot}";
constexpr std::string_view kLogs = "{logs}";
constexpr std::string_view kListens = "Listening for transport dt_socket at address: ";

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

/** Whether a role is in a list such as "rt,control". */
bool names(const std::string& list, const std::string& role) {
  return ("," + list + ",").find("," + role + ",") != std::string::npos;
}

/** Adds a sentence where a variable's value is none of those that mean something; nothing said would look like a fault. */
void checkValue(std::vector<std::string>& notes, const char* variable, const std::string& value,
                const std::vector<std::string>& known, const char* expected) {
  if (!value.empty() && std::find(known.begin(), known.end(), value) == known.end()) {
    notes.push_back(std::string(variable) + " names \"" + value + "\", which means nothing; expected " + expected);
  }
}

/** What the environment asks for in vain. The process of the role ui is control's, which reads the same variables. */
void checkEnvironment(std::vector<std::string>& notes) {
  for (const char* variable : {"PATCHBAY_DEBUG", "PATCHBAY_JFR"}) {
    std::istringstream list(environment(variable));
    for (std::string role; std::getline(list, role, ',');) {
      checkValue(notes, variable, role, {"rt", "control", "ui"}, "some of rt,control,ui");
    }
  }
  checkValue(notes, "PATCHBAY_AOT", environment("PATCHBAY_AOT"), {"on", "off"}, "off, or nothing");
  checkValue(notes, "PATCHBAY_DEV", environment("PATCHBAY_DEV"), {"on", "off"}, "on, or nothing");
  checkValue(notes, "PATCHBAY_PROFILE", environment("PATCHBAY_PROFILE"), {"on", "off"}, "on, or nothing");
}

/** Whether a word is {bundle}/folder/\*. */
bool isFolderOfJars(const std::string& word) {
  return word.size() > 2 && word.compare(word.size() - 2, 2, "/*") == 0 && word.compare(0, kBundle.size(), kBundle) == 0;
}

/** Such a word as a list of jars; other words as they are. */
std::string classPath(const std::string& bundle, const std::string& word) {
  if (!isFolderOfJars(word)) {
    return word;
  }
  const std::string folder = word.substr(0, word.size() - 2);
  std::string jars;
  for (const std::string& jar : jarsIn(bundle + folder.substr(kBundle.size()))) {
    jars += (jars.empty() ? "" : ":") + folder + "/" + jar;
  }
  return jars.empty() ? word : jars;
}

}  // namespace

std::vector<std::string> withJars(const std::string& bundle, const std::vector<std::string>& command,
                                  const std::vector<std::string>& jars) {
  const auto name = [](const std::string& path) { return path.substr(path.rfind('/') + 1); };
  std::vector<std::string> words;
  for (std::size_t i = 0; i < command.size(); ++i) {
    // A cache runs the classes that it was made from, whatever the jars hold.
    if (command[i].compare(0, kAotPlace.size(), kAotPlace) == 0) {
      continue;
    }
    if (i == 0 || command[i - 1] != "-cp") {
      words.push_back(command[i]);
      continue;
    }
    std::string path;
    for (const std::string& jar : jars) {
      path += (path.empty() ? "" : ":") + jar;
    }
    std::stringstream rest(classPath(bundle, command[i]));
    for (std::string own; std::getline(rest, own, ':');) {
      const bool replaced =
          std::any_of(jars.begin(), jars.end(), [&](const std::string& jar) { return name(jar) == name(own); });
      path += replaced ? "" : ":" + own;
    }
    words.push_back(path);
  }
  return words;
}

std::string jarFolder(const std::string& bundle, const std::vector<std::string>& command) {
  const auto path = std::find(command.begin(), command.end(), "-cp");
  if (path == command.end() || path + 1 == command.end() || !isFolderOfJars(path[1])) {
    return "";
  }
  return bundle + path[1].substr(kBundle.size(), path[1].size() - kBundle.size() - 2);
}

LaunchOptions launchOptions(const std::string& bundle, const std::string& role, bool logs,
                            const std::vector<std::string>& command) {
  LaunchOptions options;
  const bool debug = names(environment("PATCHBAY_DEBUG"), role);
  const bool asked = names(environment("PATCHBAY_JFR"), role);
  const bool record = asked && logs;
  // Also a process that takes the place of another has a name of its own for it.
  const std::string recording = "{logs}/" + role + "-{pid}-{id}-{generation}.jfr";
  if (role == "rt") {
    // Once: every instance has an RT process.
    checkEnvironment(options.notes);
  }
  for (std::size_t i = 0; i < command.size(); ++i) {
    const std::string& word = command[i];
    if (!logs && word.find(kLogs) != std::string::npos) {
      continue;
    }
    if (word.compare(0, kAotPlace.size(), kAotPlace) == 0) {
      if (debug || record || environment("PATCHBAY_AOT") == "off") {
        continue;
      }
      const AotVerdict verdict = checkAotCache(bundle, word.substr(kAotPlace.size()), command);
      if (!verdict.cache.empty()) {
        options.words.push_back("-XX:AOTCache=" + verdict.cache);
      } else if (!verdict.problem.empty()) {
        options.notes.push_back("the AOT cache of the " + role + " module is not used, since " + verdict.problem +
                                "; the sound is the same, and the engine takes longer to become ready. Build the bundle "
                                "anew to have the cache again");
      }
    } else {
      options.words.push_back(i > 0 && command[i - 1] == "-cp" ? classPath(bundle, word) : word);
    }
    if (i == 0 && debug) {
      options.debugger = true;
      options.words.emplace_back("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");
    }
    if (i == 0 && record) {
      // What a process that is killed has recorded so far lies there as well, and not among everybody's files.
      options.words.emplace_back("-XX:FlightRecorderOptions:repository={logs}");
      options.words.push_back("-XX:StartFlightRecording:filename=" + recording + ",dumponexit=true");
    }
  }
  if (record) {
    options.notes.push_back("a flight recording of the " + role + " process is written to " + recording +
                            " when it ends. It stops the threads for moments: what is measured now are not "
                            "the figures of production");
  } else if (asked) {
    options.notes.push_back("no flight recording of the " + role +
                            " process is made, since there is no folder for logs; set PATCHBAY_LOG_DIR to one");
  }
  return options;
}

std::string debuggerAddress(const std::string& logFile, std::int64_t from) {
  std::ifstream log(logFile);
  log.seekg(from);
  for (std::string line; std::getline(log, line);) {
    const std::size_t at = line.find(kListens);
    if (at != std::string::npos) {
      const std::string address = line.substr(at + kListens.size());
      return address.find(':') == std::string::npos ? "127.0.0.1:" + address : address;
    }
  }
  return "";
}

}  // namespace patchbay::bridge
