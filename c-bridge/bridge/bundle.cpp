// SPDX-License-Identifier: Apache-2.0
#include "bundle.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <vector>

#include "log.h"

namespace patchbay::bridge {
namespace {

std::string parentOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

/** The folder of this library. Only the folder is resolved: the library may be a link to one shared by many bundles. */
std::string libraryFolder() {
  Dl_info info = {};
  static const char anchor = 0;
  if (dladdr(&anchor, &info) == 0 || info.dli_fname == nullptr) {
    return {};
  }
  char resolved[PATH_MAX];
  const std::string folder = parentOf(info.dli_fname);
  return realpath(folder.c_str(), resolved) != nullptr ? resolved : folder;
}

/** Reads a whole regular file. False with errno set where that fails. */
bool readFile(const std::string& path, std::vector<std::uint8_t>& bytes) {
  // Not blocking: a named pipe in place of the image must not hang a host that scans.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) {
    return false;
  }
  struct stat status = {};
  bool good = fstat(fd, &status) == 0;
  if (good && !S_ISREG(status.st_mode)) {
    errno = EINVAL;
    good = false;
  }
  // Larger than any region by far; a sparse file of terabytes is not read into memory.
  constexpr off_t most = off_t{1} << 30;
  if (good && status.st_size > most) {
    errno = EFBIG;
    good = false;
  }
  if (good) {
    bytes.resize(static_cast<std::size_t>(status.st_size));
  }
  std::size_t have = 0;
  while (good && have < bytes.size()) {
    const ssize_t got = read(fd, bytes.data() + have, bytes.size() - have);
    if (got > 0) {
      have += static_cast<std::size_t>(got);
    } else if (got == 0) {
      bytes.resize(have);
    } else if (errno != EINTR) {
      good = false;
    }
  }
  const int error = errno;
  close(fd);
  errno = error;
  return good;
}

/** Reads an image of the bundle; null where it cannot be used, which is then reported. */
template <class Image>
std::shared_ptr<const Image> readImage(const std::string& path) {
  std::vector<std::uint8_t> bytes;
  if (!readFile(path, bytes)) {
    log(path + " cannot be read: " + errorText(errno) + "; rebuild the bundle");
    return nullptr;
  }
  std::string error;
  std::shared_ptr<const Image> image = Image::parse(std::move(bytes), error);
  if (image == nullptr) {
    log(path + ": " + error + ": rebuild the bundle");
  }
  return image;
}

}  // namespace

std::shared_ptr<const Bundle> openBundle() {
  const std::string contents = parentOf(libraryFolder());
  auto bundle = std::make_shared<Bundle>();
  bundle->folder = parentOf(contents);
  bundle->image = readImage<PluginImage>(contents + "/Resources/region.image");
  if (bundle->image != nullptr) {
    bundle->engine = readImage<EngineImage>(contents + "/Resources/engine.image");
  }
  return bundle->engine != nullptr ? bundle : nullptr;
}

}  // namespace patchbay::bridge
