/* SPDX-License-Identifier: Apache-2.0 */
/* Loads the memory and allocates nothing: copies from one place to another, both far larger than any cache, until its standard input
   ends. The words of the file that it is given say how many bytes it has moved in how many nanoseconds: AllocationLoad in Java. */
#include "bench.h"

#include <sys/mman.h>

#define BYTES ((size_t)128 << 20)
#define PIECE ((size_t)1 << 20)

static int64_t *progress;

static void *move(void *unused)
{
    char *from = (char *)bench_memory(BYTES), *to = (char *)bench_memory(BYTES);
    const int64_t begin = bench_nanos();
    int64_t moved = 0;
    size_t at = 0;
    (void)unused;
    for (;;) {
        memcpy(to + at, from + at, PIECE);
        from[at] = (char)(to[at] + 1);
        moved += 2 * (int64_t)PIECE;
        at = (at + PIECE) % BYTES;
        __atomic_store_n(progress + 1, bench_nanos() - begin, __ATOMIC_RELAXED);
        __atomic_store_n(progress, moved, __ATOMIC_RELEASE);
    }
    return NULL;
}

int main(int count, char **words)
{
    pthread_t mover;
    char nothing[16];
    int fd;
    if (count != 2)
        bench_fail("usage: %s FILE", words[0]);
    fd = open(words[1], O_RDWR | O_CLOEXEC);
    if (fd < 0)
        bench_fail("%s cannot be opened", words[1]);
    progress = (int64_t *)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (progress == MAP_FAILED || pthread_create(&mover, NULL, move, NULL) != 0)
        bench_fail("the load cannot be started");
    while (read(STDIN_FILENO, nothing, sizeof nothing) > 0)
        continue;
    return 0;
}
