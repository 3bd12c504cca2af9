// SPDX-License-Identifier: Apache-2.0
#include "state_file.h"

#include <fstream>
#include <iterator>

#include "failure.h"
#include "output_file.h"

namespace patchbay::host {

namespace fs = std::filesystem;

std::vector<char> readState(const fs::path& path, const std::string& origin) {
  std::error_code error;
  std::ifstream in;
  if (fs::is_regular_file(path, error)) {
    in.open(path, std::ios::binary);
  }
  if (!in.is_open()) {
    throw Failure(ExitStatus::usage, path.string() + " cannot be read; expected a state saved by " + origin);
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void writeState(const fs::path& path, const std::vector<char>& state) {
  OutputFile file(path);
  file.write({state.data(), state.size()});
  file.commit();
}

}  // namespace patchbay::host
