/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into the tests: stands before the C library's functions that must not be called on an audio thread, counts the calls of threads
 * that have armed it, and passes all of them on. The bridge is one library, and calls the C library by these names; what the C library
 * calls within itself is not seen, but the function by which it was entered is.
 */
#define _GNU_SOURCE
#include "guard.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SHOWN __attribute__((visibility("default")))

/* Initial-exec: reading it allocates nothing. */
static __thread int armed __attribute__((tls_model("initial-exec")));
static unsigned counts[GUARD_KINDS];
static const char *first = "";

static void note(guard_kind kind, const char *function)
{
    if (armed) {
        const char *none = "";
        __atomic_add_fetch(&counts[kind], 1u, __ATOMIC_RELAXED);
        __atomic_compare_exchange_n(&first, &none, function, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    }
}

SHOWN void guard_arm(void);
SHOWN void guard_disarm(void);
SHOWN unsigned guard_hits(guard_kind kind);
SHOWN const char *guard_first(void);
SHOWN void guard_reset(void);

void guard_arm(void) { armed = 1; }
void guard_disarm(void) { armed = 0; }
unsigned guard_hits(guard_kind kind) { return __atomic_load_n(&counts[kind], __ATOMIC_RELAXED); }
const char *guard_first(void) { return __atomic_load_n(&first, __ATOMIC_RELAXED); }

void guard_reset(void)
{
    int kind;
    for (kind = 0; kind < GUARD_KINDS; kind++)
        __atomic_store_n(&counts[kind], 0u, __ATOMIC_RELAXED);
    __atomic_store_n(&first, "", __ATOMIC_RELAXED);
}

/* While dlsym looks for the real malloc it may ask for memory itself. */
static char early[65536] __attribute__((aligned(16)));
static size_t early_used;

static void *early_memory(size_t size)
{
    size_t at = early_used;
    early_used += (size + 15u) & ~(size_t)15u;
    return early_used <= sizeof early ? early + at : NULL;
}

static int is_early(const void *memory)
{
    return (const char *)memory >= early && (const char *)memory < early + sizeof early;
}

/* A function pointer from dlsym, in the way that POSIX means it. */
#define FIND(name)                                     \
    do {                                               \
        if (real_##name == NULL) {                     \
            void *found_ = dlsym(RTLD_NEXT, #name);    \
            memcpy(&real_##name, &found_, sizeof found_); \
        }                                              \
    } while (0)

#define STAND_BEFORE(kind, result, name, parameters, arguments) \
    SHOWN result name parameters;                               \
    result name parameters                                      \
    {                                                           \
        static result(*real_##name) parameters;                 \
        note(kind, #name);                                      \
        FIND(name);                                             \
        return real_##name arguments;                           \
    }

SHOWN void *malloc(size_t size)
{
    static void *(*real_malloc)(size_t);
    static __thread int looking __attribute__((tls_model("initial-exec")));
    note(GUARD_ALLOCATION, "malloc");
    if (real_malloc == NULL) {
        if (looking)
            return early_memory(size);
        looking = 1;
        FIND(malloc);
        looking = 0;
    }
    return real_malloc(size);
}

SHOWN void *calloc(size_t count, size_t size)
{
    static void *(*real_calloc)(size_t, size_t);
    static __thread int looking __attribute__((tls_model("initial-exec")));
    note(GUARD_ALLOCATION, "calloc");
    if (real_calloc == NULL) {
        if (looking)
            return early_memory(count * size);
        looking = 1;
        FIND(calloc);
        looking = 0;
    }
    return real_calloc(count, size);
}

SHOWN void free(void *memory)
{
    static void (*real_free)(void *);
    /* Without memory there is nothing to give back, and nothing that takes time. */
    if (memory != NULL)
        note(GUARD_ALLOCATION, "free");
    if (is_early(memory))
        return;
    FIND(free);
    real_free(memory);
}

STAND_BEFORE(GUARD_ALLOCATION, void *, realloc, (void *memory, size_t size), (memory, size))
STAND_BEFORE(GUARD_ALLOCATION, void *, memalign, (size_t alignment, size_t size), (alignment, size))
STAND_BEFORE(GUARD_ALLOCATION, void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size))
STAND_BEFORE(GUARD_ALLOCATION, int, posix_memalign, (void **memory, size_t alignment, size_t size),
    (memory, alignment, size))

STAND_BEFORE(GUARD_LOCK, int, pthread_mutex_lock, (pthread_mutex_t *mutex), (mutex))
STAND_BEFORE(GUARD_LOCK, int, pthread_mutex_timedlock, (pthread_mutex_t *mutex, const struct timespec *until),
    (mutex, until))
STAND_BEFORE(GUARD_LOCK, int, pthread_mutex_clocklock,
    (pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until), (mutex, clock, until))
STAND_BEFORE(GUARD_LOCK, int, pthread_mutex_trylock, (pthread_mutex_t *mutex), (mutex))
STAND_BEFORE(GUARD_LOCK, int, pthread_rwlock_rdlock, (pthread_rwlock_t *lock), (lock))
STAND_BEFORE(GUARD_LOCK, int, pthread_rwlock_wrlock, (pthread_rwlock_t *lock), (lock))
STAND_BEFORE(GUARD_LOCK, int, pthread_cond_wait, (pthread_cond_t *condition, pthread_mutex_t *mutex),
    (condition, mutex))
STAND_BEFORE(GUARD_LOCK, int, pthread_cond_timedwait,
    (pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until), (condition, mutex, until))
STAND_BEFORE(GUARD_LOCK, int, pthread_cond_clockwait,
    (pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until),
    (condition, mutex, clock, until))
STAND_BEFORE(GUARD_LOCK, int, pthread_cond_signal, (pthread_cond_t *condition), (condition))
STAND_BEFORE(GUARD_LOCK, int, pthread_cond_broadcast, (pthread_cond_t *condition), (condition))
STAND_BEFORE(GUARD_LOCK, int, pthread_once, (pthread_once_t *once, void (*run)(void)), (once, run))
STAND_BEFORE(GUARD_LOCK, int, sem_wait, (sem_t *semaphore), (semaphore))
STAND_BEFORE(GUARD_LOCK, int, sem_timedwait, (sem_t *semaphore, const struct timespec *until), (semaphore, until))

STAND_BEFORE(GUARD_FILE, ssize_t, read, (int file, void *to, size_t size), (file, to, size))
STAND_BEFORE(GUARD_FILE, ssize_t, write, (int file, const void *from, size_t size), (file, from, size))
STAND_BEFORE(GUARD_FILE, ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count))
STAND_BEFORE(GUARD_FILE, ssize_t, pread, (int file, void *to, size_t size, off_t at), (file, to, size, at))
STAND_BEFORE(GUARD_FILE, int, close, (int file), (file))
STAND_BEFORE(GUARD_FILE, FILE *, fopen, (const char *path, const char *mode), (path, mode))
STAND_BEFORE(GUARD_FILE, int, fclose, (FILE *file), (file))
STAND_BEFORE(GUARD_FILE, size_t, fwrite, (const void *from, size_t size, size_t count, FILE *file),
    (from, size, count, file))
STAND_BEFORE(GUARD_FILE, int, fputs, (const char *text, FILE *file), (text, file))
STAND_BEFORE(GUARD_FILE, int, puts, (const char *text), (text))
STAND_BEFORE(GUARD_FILE, int, fflush, (FILE *file), (file))
STAND_BEFORE(GUARD_FILE, int, vfprintf, (FILE *file, const char *format, va_list list), (file, format, list))
STAND_BEFORE(GUARD_FILE, void *, mmap, (void *at, size_t size, int protection, int flags, int file, off_t offset),
    (at, size, protection, flags, file, offset))
STAND_BEFORE(GUARD_FILE, int, munmap, (void *at, size_t size), (at, size))

STAND_BEFORE(GUARD_BLOCKING, int, nanosleep, (const struct timespec *time, struct timespec *left), (time, left))
STAND_BEFORE(GUARD_BLOCKING, int, clock_nanosleep,
    (clockid_t clock, int flags, const struct timespec *time, struct timespec *left), (clock, flags, time, left))
STAND_BEFORE(GUARD_BLOCKING, int, usleep, (useconds_t micros), (micros))
STAND_BEFORE(GUARD_BLOCKING, unsigned, sleep, (unsigned seconds), (seconds))
STAND_BEFORE(GUARD_BLOCKING, int, sched_yield, (void), ())
STAND_BEFORE(GUARD_BLOCKING, int, poll, (struct pollfd * files, nfds_t count, int millis), (files, count, millis))
STAND_BEFORE(GUARD_BLOCKING, int, select,
    (int count, fd_set *in, fd_set *out, fd_set *failed, struct timeval *limit), (count, in, out, failed, limit))
STAND_BEFORE(GUARD_BLOCKING, int, epoll_wait, (int file, struct epoll_event *events, int most, int millis),
    (file, events, most, millis))
STAND_BEFORE(GUARD_BLOCKING, int, pthread_join, (pthread_t thread, void **result), (thread, result))
STAND_BEFORE(GUARD_BLOCKING, pid_t, waitpid, (pid_t child, int *status, int options), (child, status, options))

/* With arguments that may be missing. */
#define STAND_BEFORE_OPEN(name)                                    \
    SHOWN int name(const char *path, int flags, ...)               \
    {                                                              \
        static int (*real_##name)(const char *, int, ...);         \
        va_list list;                                              \
        mode_t mode;                                               \
        va_start(list, flags);                                     \
        mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(list, mode_t) : 0; \
        va_end(list);                                              \
        note(GUARD_FILE, #name);                                   \
        FIND(name);                                                \
        return real_##name(path, flags, mode);                     \
    }

#ifndef O_CREAT
#define O_CREAT 0100
#endif
#ifndef O_TMPFILE
#define O_TMPFILE 020000000
#endif

STAND_BEFORE_OPEN(open)
STAND_BEFORE_OPEN(open64)

SHOWN int fprintf(FILE *file, const char *format, ...)
{
    static int (*real_vfprintf)(FILE *, const char *, va_list);
    va_list list;
    int result;
    note(GUARD_FILE, "fprintf");
    FIND(vfprintf);
    va_start(list, format);
    result = real_vfprintf(file, format, list);
    va_end(list);
    return result;
}

/* The futex by which the bridge waits for its engine is the one way to the kernel that is meant. */
SHOWN long syscall(long number, ...)
{
    static long (*real_syscall)(long, ...);
    va_list list;
    long a[6];
    int i;
    va_start(list, number);
    for (i = 0; i < 6; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    if (number != SYS_futex)
        note(GUARD_SYSCALL, "syscall");
    FIND(syscall);
    return real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
