/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PATCHBAY_GUARD_H
#define PATCHBAY_GUARD_H

#ifdef __cplusplus
extern "C" {
#endif

/* What must not happen on an audio thread. */
typedef enum guard_kind {
    GUARD_ALLOCATION, /* malloc, free and their kin */
    GUARD_LOCK,       /* mutexes, read-write locks, condition variables, semaphores, once */
    GUARD_FILE,       /* opening, reading, writing, mapping; printing */
    GUARD_BLOCKING,   /* sleeping, polling, waiting for a thread or a child */
    GUARD_SYSCALL,    /* syscall(2) but for the futex */
    GUARD_KINDS
} guard_kind;

/* From now on what this thread does is counted. */
typedef void guard_arm_function(void);

/* And now no more. */
typedef void guard_disarm_function(void);

/* How often a kind has happened on armed threads. */
typedef unsigned guard_hits_function(guard_kind kind);

/* The name of the first function that was called, or "". */
typedef const char *guard_first_function(void);

/* Forgets all that was counted. */
typedef void guard_reset_function(void);

#ifdef __cplusplus
}
#endif

#endif
