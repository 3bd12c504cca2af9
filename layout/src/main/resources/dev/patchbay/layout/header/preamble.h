/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* The compiler's atomic builtins serve C11 and C++17 alike; std::atomic_ref is C++20. */
#if !defined(__GNUC__)
#error "A Patchbay header needs the atomic builtins of gcc or clang."
#endif
#if defined(__cplusplus)
#define PB_STATIC_ASSERT(condition, text) static_assert(condition, text)
#define PB_ALIGNOF(type) alignof(type)
#else
#define PB_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#define PB_ALIGNOF(type) _Alignof(type)
#endif

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "Patchbay regions are little-endian."
#endif

