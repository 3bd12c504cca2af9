// SPDX-License-Identifier: Apache-2.0
#include "output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "failure.h"

namespace patchbay::host {

namespace fs = std::filesystem;

OutputFile::OutputFile(const fs::path& path) : path_(path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    // Renaming over a device or a folder would replace or fail oddly.
    throw Failure(ExitStatus::output, path.string() + " is not a regular file; name a file to write to");
  }
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::string pattern = (folder / ("." + path.filename().string() + ".XXXXXX")).string();
  descriptor_ = mkostemp(pattern.data(), O_CLOEXEC);
  if (descriptor_ < 0) {
    fail("cannot be created in the folder " + folder.string(), errno);
  }
  temporary_ = pattern;
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) {
    close(descriptor_);
  }
  if (!temporary_.empty()) {
    unlink(temporary_.c_str());
  }
}

void OutputFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      fail("cannot be written", errno);
    }
  }
}

void OutputFile::commit() {
  // mkostemp makes private files; a result has the permissions of any other file the user creates.
  const mode_t mask = umask(0);
  umask(mask);
  if (fchmod(descriptor_, static_cast<mode_t>(0666) & ~mask) != 0 || close(std::exchange(descriptor_, -1)) != 0) {
    fail("cannot be completed", errno);
  }
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) {
    fail("cannot be given its name", errno);
  }
  temporary_.clear();
}

void OutputFile::fail(const std::string& what, int error) const {
  throw Failure(ExitStatus::output, path_.string() + " " + what + ": " + std::strerror(error));
}

}  // namespace patchbay::host
