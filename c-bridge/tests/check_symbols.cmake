# SPDX-License-Identifier: Apache-2.0

# Run with -DOBJDUMP=... -DLIBRARY=...: the library must load on a system with glibc 2.34, must need no
# library but those of the C library, and must show nothing but its three entry points.

execute_process(COMMAND "${OBJDUMP}" -T "${LIBRARY}" OUTPUT_VARIABLE symbols RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "${OBJDUMP} -T ${LIBRARY} failed")
endif()
string(REGEX MATCHALL "GLIBC_[0-9.]+" versions "${symbols}")
list(REMOVE_DUPLICATES versions)
foreach(version IN LISTS versions)
  string(REPLACE "GLIBC_" "" number "${version}")
  if(number VERSION_GREATER 2.34)
    string(REGEX MATCHALL "[^\n]*${version}[^\n]*" lines "${symbols}")
    message(SEND_ERROR "${LIBRARY} needs glibc ${number}, at most 2.34 is allowed: ${lines}")
  endif()
endforeach()

string(REGEX MATCHALL "\n[0-9a-f]+ [gwu]+[^\n]*(\\.text|\\.data|\\.bss|\\.rodata)[^\n]*" defined "${symbols}")
foreach(line IN LISTS defined)
  if(NOT line MATCHES " (ModuleEntry|ModuleExit|GetPluginFactory)$")
    message(SEND_ERROR "${LIBRARY} shows a symbol that it must hide: ${line}")
  endif()
endforeach()
list(LENGTH defined count)
if(NOT count EQUAL 3)
  message(SEND_ERROR "${LIBRARY} shows ${count} symbols, expected ModuleEntry, ModuleExit and GetPluginFactory")
endif()

# What else a plug-in may want, such as libxcb, it loads when it wants it.
execute_process(COMMAND "${OBJDUMP}" -p "${LIBRARY}" OUTPUT_VARIABLE headers)
string(REGEX MATCHALL "NEEDED +[^\n]*" needed "${headers}")
foreach(line IN LISTS needed)
  if(NOT line MATCHES "NEEDED +(libc|libm|libdl|libpthread|librt|ld-linux[^.]*)\\.so")
    message(SEND_ERROR "${LIBRARY} needs a library that not every system has: ${line}")
  endif()
endforeach()
