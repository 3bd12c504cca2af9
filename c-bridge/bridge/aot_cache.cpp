// SPDX-License-Identifier: Apache-2.0
#include "aot_cache.h"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>

#include "content_hash.h"
#include "log.h"

namespace patchbay::bridge {
namespace {

constexpr char kFile[] = "file ";

bool endsWith(const std::string& text, const char* end) {
  const std::string tail = end;
  return text.size() >= tail.size() && text.compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

/** The text of a file, or nothing where it cannot be read. */
std::string textOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

/** Adds the line of a file to a key. False with errno set where it cannot be read. */
bool addFile(std::string& key, const std::string& bundle, const std::string& name) {
  std::uint64_t length = 0;
  std::uint64_t hash = 0;
  if (!hashFile(bundle + "/" + name, length, hash)) {
    return false;
  }
  char numbers[64];
  std::snprintf(numbers, sizeof numbers, " %" PRIu64 " %016" PRIx64 "\n", length, hash);
  key += kFile + name + numbers;
  return true;
}

/** The files that a key names in other folders than this: those of the runtime. */
std::vector<std::string> filesElsewhere(const std::string& key, const std::string& folder) {
  std::vector<std::string> names;
  std::istringstream lines(key);
  for (std::string line; std::getline(lines, line);) {
    // file NAME LENGTH HASH; the name may have spaces.
    const std::size_t end = line.rfind(' ', line.rfind(' ') - 1);
    if (line.compare(0, sizeof kFile - 1, kFile) == 0 && end != std::string::npos && end >= sizeof kFile) {
      const std::string name = line.substr(sizeof kFile - 1, end - (sizeof kFile - 1));
      if (name.compare(0, folder.size(), folder) != 0) {
        names.push_back(name);
      }
    }
  }
  return names;
}

/** The first line in which two keys differ, as a person may want to know it. */
std::string difference(const std::string& expected, const std::string& found) {
  const auto lineAt = [](const std::string& text, std::size_t start) {
    return text.substr(start, text.find('\n', start) - start);
  };
  const auto [e, f] = std::mismatch(expected.begin(), expected.end(), found.begin(), found.end());
  const auto at = static_cast<std::size_t>(e - expected.begin());
  const std::size_t start = at == 0 ? 0 : expected.rfind('\n', at - 1) + 1;
  return "expected \"" + (start < expected.size() ? lineAt(expected, start) : "") + "\", found \"" +
         (start < found.size() ? lineAt(found, start) : "") + "\"";
}

}  // namespace

std::vector<std::string> jarsIn(const std::string& folder) {
  std::vector<std::string> names;
  if (DIR* entries = opendir(folder.c_str())) {
    while (const dirent* entry = readdir(entries)) {
      const std::string name = entry->d_name;
      if (endsWith(name, ".jar") || endsWith(name, ".JAR")) {
        names.push_back(name);
      }
    }
    closedir(entries);
  }
  // By unsigned bytes, as std::string compares.
  std::sort(names.begin(), names.end());
  return names;
}

AotVerdict checkAotCache(const std::string& bundle, const std::string& cache, const std::vector<std::string>& command) {
  const std::string path = bundle + "/" + cache;
  const std::string expected = textOf(path + ".key");
  if (expected.empty()) {
    // The bundle was made without; its author has been told.
    return {};
  }
  std::string key = "patchbay aot 1\n";
  for (const std::string& word : command) {
    key += "word " + word + "\n";
  }
  const std::string folder = cache.substr(0, cache.rfind('/') + 1);
  std::vector<std::string> names = filesElsewhere(expected, folder);
  // Those that are there now, and not those that were there when the cache was made.
  for (const std::string& jar : jarsIn(bundle + "/" + folder)) {
    names.push_back(folder + jar);
  }
  names.push_back(cache);
  for (const std::string& name : names) {
    if (!addFile(key, bundle, name)) {
      return {"", bundle + "/" + name + " cannot be read: " + errorText(errno)};
    }
  }
  if (key != expected) {
    return {"", "it was made for other files: " + difference(expected, key)};
  }
  return {path, ""};
}

}  // namespace patchbay::bridge
