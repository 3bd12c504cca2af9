// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace patchbay::host {

/**
 * A result file that appears under its name only when it is complete: it is written under a temporary name in the same
 * folder, renamed by commit(), and removed by the destructor if that was not reached.
 */
class OutputFile {
 public:
  /** Creates the temporary file. @throws Failure with ExitStatus::output */
  explicit OutputFile(const std::filesystem::path& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

  void write(std::string_view bytes);
  /** Gives the file its name, replacing a file of that name. */
  void commit();

 private:
  [[noreturn]] void fail(const std::string& what, int error) const;

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
};

}  // namespace patchbay::host
