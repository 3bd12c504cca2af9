# SPDX-License-Identifier: Apache-2.0

# Every warning is an error in our own code. The SDK and other libraries come in as SYSTEM headers and are exempt.
function(pb_strict_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
endfunction()
