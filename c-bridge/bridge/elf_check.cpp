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

std::string notWhole(std::uint64_t size) {
  return "has only " + std::to_string(size) + " bytes, which is less than its own head promises: it is not whole";
}

/** Reads so many bytes from a position on. False where the file has fewer. */
bool readAt(std::ifstream& file, std::uint64_t position, void* target, std::size_t bytes) {
  file.clear();
  file.seekg(static_cast<std::streamoff>(position));
  file.read(static_cast<char*>(target), static_cast<std::streamsize>(bytes));
  return file.gcount() == static_cast<std::streamsize>(bytes);
}

/**
 * Whether the table of sections, which linkers write last, and all that it names lie within the file. The loader does not
 * look at it, but a file that ends before it was cut while it was copied. One that has none was stripped of it.
 */
bool sectionsAreWhole(std::ifstream& file, const ElfW(Ehdr)& head, std::uint64_t size) {
  if (head.e_shoff == 0) {
    return true;
  }
  ElfW(Shdr) first;
  if (head.e_shentsize != sizeof first || !readAt(file, head.e_shoff, &first, sizeof first)) {
    return false;
  }
  // Where the count does not fit into the head it stands in the first section.
  const std::uint64_t count = head.e_shnum != 0 ? head.e_shnum : first.sh_size;
  if (count > (size - head.e_shoff) / sizeof first) {
    return false;
  }
  std::vector<ElfW(Shdr)> sections(count);
  if (!readAt(file, head.e_shoff, sections.data(), sections.size() * sizeof first)) {
    return false;
  }
  // The first section is none: its fields have meanings of their own.
  for (std::size_t i = 1; i < sections.size(); i++) {
    const ElfW(Shdr)& section = sections[i];
    if (section.sh_type != SHT_NULL && section.sh_type != SHT_NOBITS &&
        (section.sh_size > size || section.sh_offset > size - section.sh_size)) {
      return false;
    }
  }
  return true;
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
    return notWhole(size);
  }
  for (const ElfW(Phdr)& part : parts) {
    if (part.p_type == PT_LOAD && (part.p_filesz > size || part.p_offset > size - part.p_filesz)) {
      return notWhole(size);
    }
  }
  if (!sectionsAreWhole(file, head, size)) {
    return notWhole(size);
  }
  return {};
}

}  // namespace patchbay::bridge
