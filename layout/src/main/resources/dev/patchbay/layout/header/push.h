/* SPDX-License-Identifier: Apache-2.0 */
/* C and C++ share one text, so its casts are C's. */
#pragma GCC diagnostic push
#if defined(__cplusplus)
#pragma GCC diagnostic ignored "-Wold-style-cast"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuseless-cast"
#endif
#endif

