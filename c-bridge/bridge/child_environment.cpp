// SPDX-License-Identifier: Apache-2.0
#include "child_environment.h"

#include <langinfo.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <string_view>

#include "log.h"

namespace patchbay::bridge {
namespace {

constexpr std::string_view kNames[] = {"HOME", "USER", "LOGNAME", "PATH", "TZ", "TMPDIR", "DBUS_SYSTEM_BUS_ADDRESS"};
constexpr std::string_view kPrefixes[] = {"XDG_", "PATCHBAY_"};

constexpr std::string_view kDesktopNames[] = {"DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS",
                                               "DESKTOP_SESSION", "GNOME_DESKTOP_SESSION_ID", "MATE_DESKTOP_SESSION_ID",
                                               "SESSION_MANAGER", "BROWSER", "SHELL", "LANG", "LANGUAGE", "XMODIFIERS",
                                               "GTK_IM_MODULE", "QT_IM_MODULE", "MOZ_ENABLE_WAYLAND", "http_proxy",
                                               "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"};
constexpr std::string_view kDesktopPrefixes[] = {"LC_", "KDE_"};

template <std::size_t Names, std::size_t Prefixes>
bool isAmong(std::string_view name, const std::string_view (&names)[Names], const std::string_view (&prefixes)[Prefixes]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names) ||
         std::any_of(std::begin(prefixes), std::end(prefixes),
                     [name](std::string_view prefix) { return name.substr(0, prefix.size()) == prefix; });
}

bool passes(std::string_view name) { return isAmong(name, kNames, kPrefixes); }

bool passesToDesktop(std::string_view name) { return passes(name) || isAmong(name, kDesktopNames, kDesktopPrefixes); }

std::vector<std::string> environmentOf(bool (*wanted)(std::string_view name)) {
  std::vector<std::string> passed;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (wanted(text.substr(0, text.find('=')))) {
      passed.emplace_back(text);
    }
  }
  return passed;
}

/** The value of the first variable that has one, as setlocale(3) looks them up; empty where none has. */
std::string firstOf(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* value = std::getenv(name);
    if (value != nullptr && value[0] != '\0') {
      return value;
    }
  }
  return "";
}

/** Whether a locale is there for these categories; where those are the characters, only one whose characters are UTF-8 counts. */
bool hasLocale(const std::string& name, int categories) {
  const locale_t locale = name.empty() ? locale_t{} : newlocale(categories, name.c_str(), locale_t{});
  if (locale == locale_t{}) {
    return false;
  }
  const bool fits = categories != LC_CTYPE_MASK || std::strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
  freelocale(locale);
  return fits;
}

/**
 * The user's language, where the machine has it, and characters that are UTF-8: with the locale C, or one that is not installed, a JVM
 * finds no file below a folder whose name has other letters than ASCII has, its own jars and its AOT cache among them.
 */
void addLocale(std::vector<std::string>& environment) {
  // No LC_ALL: it would decide the characters, too. One locale that is not there, and a JVM takes none of them.
  const std::string language = firstOf({"LC_ALL", "LANG"});
  if (hasLocale(language, LC_ALL_MASK)) {
    environment.push_back("LANG=" + language);
  }
  for (const std::string& characters : {firstOf({"LC_ALL", "LC_CTYPE", "LANG"}), std::string("C.UTF-8"), std::string("en_US.UTF-8")}) {
    if (hasLocale(characters, LC_CTYPE_MASK)) {
      environment.push_back("LC_CTYPE=" + characters);
      return;
    }
  }
}

/** An absolute path from the environment, or nothing: relative ones would depend on where the host was started. */
std::string absoluteFromEnvironment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && value[0] == '/' ? value : "";
}

/** Makes a folder and those above it, for this user only. False with errno set where that fails. */
bool makeFolders(const std::string& path) {
  for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string part = path.substr(0, slash);
    if (mkdir(part.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
      // A parent may be there and not be ours to make: only the last one counts.
      if (slash == std::string::npos || access(part.c_str(), X_OK) != 0) {
        return false;
      }
    }
    if (slash == std::string::npos) {
      return access(path.c_str(), W_OK | X_OK) == 0;
    }
  }
}

/** Anybody may have made a folder below /tmp first, to read our logs or to have us write through links. */
bool isOurs(const std::string& folder) {
  struct stat status = {};
  return lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
         (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

}  // namespace

std::vector<std::string> childEnvironment() {
  std::vector<std::string> environment = environmentOf(passes);
  addLocale(environment);
  return environment;
}

std::vector<std::string> desktopEnvironment() { return environmentOf(passesToDesktop); }

std::string logFolder(std::string& complaint) {
  std::string wanted = absoluteFromEnvironment("PATCHBAY_LOG_DIR");
  if (wanted.empty()) {
    const std::string state = absoluteFromEnvironment("XDG_STATE_HOME");
    const std::string home = absoluteFromEnvironment("HOME");
    const std::string base = state.empty() && !home.empty() ? home + "/.local/state" : state;
    wanted = base.empty() ? "" : base + "/patchbay/logs";
  }
  if (!wanted.empty()) {
    if (makeFolders(wanted)) {
      return wanted;
    }
    complaint = "the log folder " + wanted + " cannot be used: " + errorText(errno) +
                "; set PATCHBAY_LOG_DIR to a folder that can be written to";
  }
  const std::string own = "/tmp/patchbay-" + std::to_string(geteuid());
  if (makeFolders(own + "/logs") && isOurs(own)) {
    return own + "/logs";
  }
  if (complaint.empty()) {
    complaint = "the processes of the modules write no logs, since " + own +
                "/logs cannot be used, and neither PATCHBAY_LOG_DIR nor XDG_STATE_HOME nor HOME names a folder";
  }
  return "";
}

std::string runtimeFolder() {
  std::string wanted = absoluteFromEnvironment("PATCHBAY_RUNTIME_DIR");
  if (wanted.empty()) {
    const std::string runtime = absoluteFromEnvironment("XDG_RUNTIME_DIR");
    wanted = runtime.empty() ? "/tmp/patchbay-" + std::to_string(geteuid()) + "/run" : runtime + "/patchbay";
  }
  return makeFolders(wanted) && isOurs(wanted) ? wanted : "";
}

std::string findProgram(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    return name;
  }
  const char* path = std::getenv("PATH");
  const std::string folders = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  for (std::size_t start = 0; start <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', start), folders.size());
    const std::string candidate = folders.substr(start, end - start) + "/" + name;
    if (candidate.front() == '/' && access(candidate.c_str(), X_OK) == 0) {
      return candidate;
    }
    start = end + 1;
  }
  return name;
}

}  // namespace patchbay::bridge
