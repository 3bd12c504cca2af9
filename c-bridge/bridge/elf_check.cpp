// SPDX-License-Identifier: Apache-2.0
#include "elf_check.h"

#include <elf.h>
#include <link.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <vector>

#include "log.h"

namespace patchbay::bridge {
namespace {

#if defined(__x86_64__)
constexpr std::uint16_t kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t kMachine = EM_AARCH64;
#else
#error "What ELF calls this processor has to be added here."
#endif

/** Reads so many bytes from a position on. False where the file has fewer. */
bool readAt(std::ifstream& file, std::uint64_t position, void* target, std::size_t bytes) {
  file.clear();
  file.seekg(static_cast<std::streamoff>(position));
  file.read(static_cast<char*>(target), static_cast<std::streamsize>(bytes));
  return file.gcount() == static_cast<std::streamsize>(bytes);
}

}  // namespace

std::string checkElf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return "cannot be read: " + errorText(errno);
  }
  file.seekg(0, std::ios::end);
  const auto size = static_cast<std::uint64_t>(file.tellg());
  ElfW(Ehdr) head;
  if (!readAt(file, 0, &head, sizeof head) || std::memcmp(head.e_ident, ELFMAG, SELFMAG) != 0) {
    return "is not an ELF file";
  }
  if (head.e_ident[EI_CLASS] != ELFCLASS64 || head.e_ident[EI_DATA] != ELFDATA2LSB || head.e_machine != kMachine) {
    return "is for another processor (ELF machine " + std::to_string(head.e_machine) + ", expected " +
           std::to_string(kMachine) + ")";
  }
  if (head.e_type != ET_DYN || head.e_phentsize != sizeof(ElfW(Phdr))) {
    return "is an ELF file, but no shared library";
  }
  std::vector<ElfW(Phdr)> parts(head.e_phnum);
  if (!readAt(file, head.e_phoff, parts.data(), parts.size() * sizeof parts[0])) {
    return "has only " + std::to_string(size) + " bytes, which is less than its own head promises: it is not whole";
  }
  for (const ElfW(Phdr)& part : parts) {
    if (part.p_type == PT_LOAD && (part.p_filesz > size || part.p_offset > size - part.p_filesz)) {
      return "has only " + std::to_string(size) + " bytes, which is less than its own head promises: it is not whole";
    }
  }
  return {};
}

}  // namespace patchbay::bridge
