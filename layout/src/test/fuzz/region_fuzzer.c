/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever the bytes are, validation and look-up keep to them, and a section that is found lies within them: each of its bytes is
   read here, under AddressSanitizer. Built with -DPB_VERDICTS it is a program instead that reads inputs from its standard input,
   each behind its length, and answers each with its verdict, for comparison with Java's. A length of UINT32_MAX asks for the
   answers so far. Built with -DPB_CHANGING it validates one region, named by its file, again and again while a thread changes it. */
#include "any.h"

#if defined(PB_CHANGING)
#include <pthread.h>
#endif
#include <stdio.h>
#include <stdlib.h>

static volatile uint64_t sink;

static void require(int condition, const char *what)
{
    if (!condition) {
        fprintf(stderr, "%s\n", what);
        abort();
    }
}

/* AddressSanitizer checks the whole range of a memcpy. */
static void read_all(const uint8_t *at, size_t count)
{
    static uint8_t copy[4096];
    while (count > 0) {
        size_t some = count < sizeof copy ? count : sizeof copy;
        memcpy(copy, at, some);
        sink += copy[some - 1];
        at += some;
        count -= some;
    }
}

static void walk(const pb_section *section)
{
    uint32_t copy;
    read_all(section->base, (size_t)(section->elements - section->base));
    for (copy = 0; copy < section->copies; copy++) {
        const uint8_t *elements = section->elements + (size_t)copy * section->copy_stride;
        read_all(elements, (size_t)section->count * section->stride);
        /* What follows the elements, such as a ring's trailer, belongs to the copy. */
        read_all(elements, section->copy_stride);
    }
}

/* Looks each section up by the name and hash that the directory gives it. */
static void look_up(const uint8_t *data, size_t size, int accepted)
{
    pb_region region;
    uint32_t i, count;
    memset(&region, 0, sizeof region);
    region.base = (uint8_t *)(uintptr_t)data;
    region.length = size;
    memcpy(&count, data + offsetof(pb_region_header, section_count), sizeof count);
    for (i = 0; i < count && PB_DIRECTORY_OFFSET + (i + 1) * sizeof(pb_directory_entry) <= size; i++) {
        pb_directory_entry entry;
        pb_section section;
        pb_refusal refusal;
        char name[sizeof entry.name + 1];
        int found;
        memcpy(&entry, data + PB_DIRECTORY_OFFSET + i * sizeof entry, sizeof entry);
        memcpy(name, entry.name, sizeof entry.name);
        name[sizeof entry.name] = 0;
        found = pb_region_look_up(&region, name, entry.hash, &section, &refusal);
        require(found || !accepted, "a section of an accepted region is not found");
        if (found)
            walk(&section);
        found = pb_region_look_up(&region, name, entry.hash + 1, &section, &refusal);
        if (accepted)
            require(!found && refusal.fault == PB_FAULT_HASH, "another hash is not refused as such");
    }
}

#if !defined(PB_CHANGING)

static void check(const uint8_t *data, size_t size, pb_refusal *refusal)
{
    char text[512];
    int accepted = pb_region_validate(data, size, refusal);
    size_t length = pb_refusal_text(refusal, text, sizeof text);
    require(accepted == (refusal->fault == 0), "verdict and refusal differ");
    require(length > 0 && length < sizeof text && text[length] == 0 && strlen(text) == length, "the sentence does not fit");
    if (size >= PB_DIRECTORY_OFFSET)
        look_up(data, size, accepted);
}

#endif

#if defined(PB_VERDICTS)

static void put(const void *bytes, size_t count)
{
    require(fwrite(bytes, 1, count, stdout) == count, "the verdict cannot be written");
}

int main(void)
{
    uint32_t size;
    while (fread(&size, sizeof size, 1, stdin) == 1) {
        pb_refusal refusal;
        char text[512];
        uint32_t length;
        uint8_t *data;
        if (size == UINT32_MAX) {
            require(fflush(stdout) == 0, "the verdicts cannot be written");
            continue;
        }
        /* Exactly as many bytes as there are, so that the sanitizer sees each that is read behind them. */
        data = (uint8_t *)malloc(size == 0 ? 1 : size);
        require(data != NULL && fread(data, 1, size, stdin) == size, "the input ends early");
        check(data, size, &refusal);
        free(data);
        length = (uint32_t)pb_refusal_text(&refusal, text, sizeof text);
        put(&refusal.fault, sizeof refusal.fault);
        put(&refusal.section, sizeof refusal.section);
        put(&refusal.found, sizeof refusal.found);
        put(&refusal.low, sizeof refusal.low);
        put(&refusal.high, sizeof refusal.high);
        put(&length, sizeof length);
        put(text, length);
    }
    return 0;
}

#elif defined(PB_CHANGING)

static uint8_t *shared;
static size_t shared_size;
static int stop;

/* Flips a bit of header or directory, and back a little later. */
static void *scribble(void *seed)
{
    uint64_t state = *(uint64_t *)seed | 1u;
    const size_t end = shared_size < 2304 ? shared_size : 2304;
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        uint8_t *byte;
        int wait;
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        byte = &shared[(state >> 33) % end];
        __atomic_fetch_xor(byte, (uint8_t)(1u << (state >> 61)), __ATOMIC_RELAXED);
        for (wait = (int)(state >> 40 & 0xFFu); wait > 0 && !__atomic_load_n(&stop, __ATOMIC_RELAXED); wait--)
            continue;
        __atomic_fetch_xor(byte, (uint8_t)(1u << (state >> 61)), __ATOMIC_RELAXED);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
    pthread_t thread;
    uint64_t seed;
    uint64_t fine = 0, refused = 0;
    require(file != NULL, "FILE SEED");
    seed = strtoull(argv[2], NULL, 10);
    fseek(file, 0, SEEK_END);
    shared_size = (size_t)ftell(file);
    rewind(file);
    shared = (uint8_t *)malloc(shared_size);
    require(shared != NULL && fread(shared, 1, shared_size, file) == shared_size, "the region cannot be read");
    fclose(file);
    require(pthread_create(&thread, NULL, scribble, &seed) == 0, "there is no thread");
    while (fine < 2000 || refused < 2000) {
        pb_refusal refusal;
        if (pb_region_validate(shared, shared_size, &refusal))
            fine++;
        else
            refused++;
        /* Whatever the verdict was: what is found is within the region at the moment at which it is found. */
        look_up(shared, shared_size, 0);
    }
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    pthread_join(thread, NULL);
    free(shared);
    puts("done");
    return 0;
}

#else

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Most mutants keep to the truth about their length, or few would get past that check. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    uint64_t length = size = LLVMFuzzerMutate(data, size, most);
    if (size >= PB_DIRECTORY_OFFSET && seed % 8 != 0)
        memcpy(data + offsetof(pb_region_header, length), &length, sizeof length);
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pb_refusal refusal;
    check(data, size, &refusal);
    return 0;
}

#endif
