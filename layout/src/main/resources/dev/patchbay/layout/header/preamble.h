/* SPDX-License-Identifier: Apache-2.0 */
#if !defined(__GNUC__)
#error "A Patchbay header needs the atomic builtins of gcc or clang."
#endif
#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "Patchbay regions are little-endian, but this target is not."
#endif
#if !defined(__SIZEOF_POINTER__) || __SIZEOF_POINTER__ != 8
#error "Patchbay needs a 64-bit target, but pointers have another size on this one."
#endif

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* The compiler's atomic builtins serve C11 and C++17 alike; std::atomic_ref is C++20. */
#if defined(__cplusplus)
#define PB_STATIC_ASSERT(condition, text) static_assert((condition), text)
#define PB_ALIGNOF(type) (alignof(type))
#else
#define PB_STATIC_ASSERT(condition, text) _Static_assert((condition), text)
#define PB_ALIGNOF(type) (_Alignof(type))
#endif

/* That a field, of elements of a type, is where and what it was declared; offset, size and alignment in bytes. */
#define PB_ASSERT_FIELD(type, field, element, offset, size, alignment)                                                   \
    PB_STATIC_ASSERT(offsetof(type, field) == (offset), #type "." #field " is not where it was declared");              \
    PB_STATIC_ASSERT(sizeof(((type *)NULL)->field) == (size), #type "." #field " has another size than declared");      \
    PB_STATIC_ASSERT(PB_ALIGNOF(element) == (alignment), #type "." #field " is aligned otherwise than declared")

/* That a struct is as large as it was declared and aligned so; in bytes. */
#define PB_ASSERT_STRUCT(type, size, alignment)                                                                          \
    PB_STATIC_ASSERT(sizeof(type) == (size), #type " has another size than declared");                                  \
    PB_STATIC_ASSERT(PB_ALIGNOF(type) == (alignment), #type " is aligned otherwise than declared")

