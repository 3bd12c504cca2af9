// SPDX-License-Identifier: Apache-2.0

// The compiler's own runtime, which is linked statically, finds the unwind tables by _dl_find_object. That function
// came with glibc 2.35, and through it alone the library would refuse to load on older systems. So this library has one
// of its own, which asks what every glibc knows. It is seen by nobody else, and used only when an exception is thrown.

#include <dlfcn.h>
#include <link.h>

#include <cstddef>
#include <cstdint>

#if defined(DLFO_EH_SEGMENT_TYPE) && !DLFO_STRUCT_HAS_EH_DBASE && !DLFO_STRUCT_HAS_EH_COUNT

namespace {

struct Search {
  std::uintptr_t address;
  dl_find_object* result;
};

int look(dl_phdr_info* info, std::size_t, void* argument) {
  auto* search = static_cast<Search*>(argument);
  bool inside = false;
  std::uintptr_t table = 0;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    const std::uintptr_t start = info->dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_LOAD && search->address >= start && search->address - start < segment.p_memsz) {
      inside = true;
      search->result->dlfo_map_start = reinterpret_cast<void*>(start);
      search->result->dlfo_map_end = reinterpret_cast<void*>(start + segment.p_memsz);
    } else if (segment.p_type == DLFO_EH_SEGMENT_TYPE) {
      table = start;
    }
  }
  if (!inside || table == 0) {
    return 0;
  }
  search->result->dlfo_flags = 0;
  search->result->dlfo_link_map = nullptr;
  search->result->dlfo_eh_frame = reinterpret_cast<void*>(table);
  return 1;
}

}  // namespace

extern "C" __attribute__((visibility("hidden"))) int _dl_find_object(void* address,
                                                                     struct dl_find_object* result) noexcept {
  Search search = {reinterpret_cast<std::uintptr_t>(address), result};
  return dl_iterate_phdr(look, &search) == 1 ? 0 : -1;
}

#endif
