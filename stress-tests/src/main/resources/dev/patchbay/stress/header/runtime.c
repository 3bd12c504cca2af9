/* SPDX-License-Identifier: Apache-2.0 */
/* Executes instrumented C on the model of memory. The compiler calls __tsan_... before each access; here, in place of
   ThreadSanitizer's own runtime, an access of the model's memory becomes a question to the caller, and one of any other memory is
   made as it is. An operation runs on a stack of its own and is left in the middle wherever it needs an answer; where the caller
   abandons the execution, it is never continued. One thread. */
#define _GNU_SOURCE
#include "exchange.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stddef.h>
#include <ucontext.h>

#define MODEL_STACK (256 * 1024)
#define SITE ((int64_t)(uintptr_t)__builtin_return_address(0))

uint8_t model_memory[MODEL_BYTES] __attribute__((aligned(4096)));
model_exchange model;

static uint8_t stack[MODEL_STACK] __attribute__((aligned(64)));
static uint8_t selves[MODEL_ACTORS][MODEL_SELF] __attribute__((aligned(64)));
static int64_t bytes;
static int begun;
static ucontext_t ground;
static jmp_buf caller, inside, top;
static model_operation operation;
static void *operation_self;

/* A plain store that has been announced: its bytes are in memory at the next call. */
static struct {
    uint8_t *at;
    int64_t size;
    int64_t site;
} announced;

/* ---- Going back and forth ---- */

static void leave(int32_t state)
{
    model.state = state;
    if (_setjmp(inside) == 0)
        _longjmp(caller, 1);
}

static void fail(const char *message)
{
    size_t i;
    for (i = 0; i + 1 < sizeof model.message && message[i] != 0; i++)
        model.message[i] = message[i];
    model.message[i] = 0;
    for (;;)
        leave(MODEL_FAILED);
}

static void settle(void);

static void run(void)
{
    (void)_setjmp(top);
    for (;;) {
        model.result = operation(operation_self, model.arguments);
        settle();
        leave(MODEL_ENDED);
    }
}

static int32_t enter(int fresh)
{
    model.count = 0;
    if (_setjmp(caller) == 0) {
        if (!fresh)
            _longjmp(inside, 1);
        if (begun)
            _longjmp(top, 1);
        begun = 1;
        getcontext(&ground);
        ground.uc_stack.ss_sp = stack;
        ground.uc_stack.ss_size = sizeof stack;
        ground.uc_link = NULL;
        makecontext(&ground, run, 0);
        setcontext(&ground);
    }
    return model.state;
}

/* ---- Accesses of the model's memory ---- */

static int is_shared(const volatile void *address)
{
    return (uintptr_t)address - (uintptr_t)model_memory < MODEL_BYTES;
}

static model_access *add(int32_t kind, int32_t order, const volatile void *address, int64_t size, int64_t site)
{
    int64_t offset = (int64_t)((uintptr_t)address - (uintptr_t)model_memory);
    model_access *access;
    if (offset + size > bytes)
        fail("an access beyond the end of memory");
    if (model.count == MODEL_ACCESSES) {
        leave(MODEL_ASKS);
    }
    access = &model.accesses[model.count++];
    access->kind = kind;
    access->order = order;
    access->size = (int32_t)size;
    access->offset = offset;
    access->site = site;
    return access;
}

/* The answer to the last access. */
static uint64_t ask(void)
{
    leave(MODEL_ASKS);
    return (uint64_t)model.answer;
}

/* Bytes go by up to eight, never across a multiple of eight, as in ModelBuffer. */
static int64_t step(const uint8_t *at, int64_t left)
{
    int64_t most = 8 - (int64_t)((uintptr_t)at % 8);
    return left < most ? left : most;
}

static void settle(void)
{
    uint8_t *at = announced.at;
    int64_t left = announced.size;
    announced.size = 0;
    while (left > 0) {
        int64_t i, size = step(at, left);
        uint64_t value = 0;
        for (i = 0; i < size; i++)
            value |= (uint64_t)at[i] << 8 * i;
        add(MODEL_STORE, MODEL_PLAIN, at, size, announced.site)->value = (int64_t)value;
        at += size;
        left -= size;
    }
}

/* A plain load: the model's value is put in place for the instruction that follows. */
static void reads(void *address, int64_t left, int64_t site)
{
    uint8_t *at = (uint8_t *)address;
    settle();
    if (!is_shared(address))
        return;
    while (left > 0) {
        int64_t i, size = step(at, left);
        uint64_t value;
        add(MODEL_LOAD, MODEL_PLAIN, at, size, site);
        value = ask();
        for (i = 0; i < size; i++)
            at[i] = (uint8_t)(value >> 8 * i);
        at += size;
        left -= size;
    }
}

/* A plain store: the instruction follows. */
static void writes(void *address, int64_t size, int64_t site)
{
    settle();
    if (!is_shared(address))
        return;
    announced.at = (uint8_t *)address;
    announced.size = size;
    announced.site = site;
}

static uint64_t atomic_load(const volatile void *address, int64_t size, int order, int64_t site)
{
    settle();
    add(MODEL_LOAD, order, address, size, site);
    return ask();
}

static void atomic_store(volatile void *address, int64_t size, uint64_t value, int order, int64_t site)
{
    settle();
    add(MODEL_STORE, order, address, size, site)->value = (int64_t)value;
}

static uint64_t atomic_update(
    int32_t kind, volatile void *address, int64_t size, uint64_t value, int order, int64_t site)
{
    settle();
    add(kind, order, address, size, site)->value = (int64_t)value;
    return ask();
}

static uint64_t atomic_compare(volatile void *address, int64_t size, uint64_t expected, uint64_t value, int order,
    int failure, int64_t site)
{
    model_access *access;
    settle();
    access = add(MODEL_COMPARE, order, address, size, site);
    access->value = (int64_t)value;
    access->expected = (int64_t)expected;
    access->failure = failure;
    return ask();
}

/* ---- What the compiler calls ---- */

void __tsan_init(void) {}
void __tsan_func_entry(void *site)
{
    (void)site;
    settle();
}
void __tsan_func_exit(void)
{
    settle();
}
void __tsan_vptr_update(void **vptr, void *value)
{
    (void)value;
    writes(vptr, 8, SITE);
}
void __tsan_vptr_read(void **vptr)
{
    reads(vptr, 8, SITE);
}
void __tsan_read_range(void *address, unsigned long size)
{
    reads(address, (int64_t)size, SITE);
}
void __tsan_write_range(void *address, unsigned long size)
{
    writes(address, (int64_t)size, SITE);
}

#define PLAIN(name, size)                                                                                                \
    void __tsan_##name##read##size(void *address)                                                                        \
    {                                                                                                                    \
        reads(address, size, SITE);                                                                                      \
    }                                                                                                                    \
    void __tsan_##name##write##size(void *address)                                                                       \
    {                                                                                                                    \
        writes(address, size, SITE);                                                                                     \
    }
PLAIN(, 1)
PLAIN(, 2)
PLAIN(, 4)
PLAIN(, 8)
PLAIN(, 16)
PLAIN(unaligned_, 2)
PLAIN(unaligned_, 4)
PLAIN(unaligned_, 8)
PLAIN(unaligned_, 16)

#define UPDATE(bits, type, name, kind, native)                                                                           \
    type __tsan_atomic##bits##_##name(volatile type *address, type value, int order)                                     \
    {                                                                                                                    \
        return is_shared(address) ? (type)atomic_update(kind, address, sizeof(type), value, order, SITE)                 \
                                  : native(address, value, __ATOMIC_SEQ_CST);                                            \
    }

#define ATOMIC(bits, type)                                                                                               \
    type __tsan_atomic##bits##_load(const volatile type *address, int order)                                             \
    {                                                                                                                    \
        return is_shared(address) ? (type)atomic_load(address, sizeof(type), order, SITE)                                \
                                  : __atomic_load_n(address, __ATOMIC_SEQ_CST);                                          \
    }                                                                                                                    \
    void __tsan_atomic##bits##_store(volatile type *address, type value, int order)                                      \
    {                                                                                                                    \
        if (is_shared(address))                                                                                          \
            atomic_store(address, sizeof(type), value, order, SITE);                                                     \
        else                                                                                                             \
            __atomic_store_n(address, value, __ATOMIC_SEQ_CST);                                                          \
    }                                                                                                                    \
    UPDATE(bits, type, exchange, MODEL_SET, __atomic_exchange_n)                                                         \
    UPDATE(bits, type, fetch_add, MODEL_ADD, __atomic_fetch_add)                                                         \
    UPDATE(bits, type, fetch_and, MODEL_AND, __atomic_fetch_and)                                                         \
    UPDATE(bits, type, fetch_or, MODEL_OR, __atomic_fetch_or)                                                            \
    UPDATE(bits, type, fetch_xor, MODEL_XOR, __atomic_fetch_xor)                                                         \
    type __tsan_atomic##bits##_fetch_sub(volatile type *address, type value, int order)                                  \
    {                                                                                                                    \
        return is_shared(address)                                                                                        \
            ? (type)atomic_update(MODEL_ADD, address, sizeof(type), (type)(0u - value), order, SITE)                     \
            : __atomic_fetch_sub(address, value, __ATOMIC_SEQ_CST);                                                      \
    }                                                                                                                    \
    type __tsan_atomic##bits##_compare_exchange_val(                                                                     \
        volatile type *address, type expected, type value, int order, int failure)                                       \
    {                                                                                                                    \
        if (is_shared(address))                                                                                          \
            return (type)atomic_compare(address, sizeof(type), expected, value, order, failure, SITE);                   \
        __atomic_compare_exchange_n(address, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);                   \
        return expected;                                                                                                 \
    }                                                                                                                    \
    int __tsan_atomic##bits##_compare_exchange_strong(                                                                   \
        volatile type *address, type *expected, type value, int order, int failure)                                      \
    {                                                                                                                    \
        type wanted = *expected;                                                                                         \
        if (!is_shared(address))                                                                                         \
            return __atomic_compare_exchange_n(                                                                          \
                address, expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);                                        \
        *expected = (type)atomic_compare(address, sizeof(type), wanted, value, order, failure, SITE);                    \
        return *expected == wanted;                                                                                      \
    }
ATOMIC(8, uint8_t)
ATOMIC(16, uint16_t)
ATOMIC(32, uint32_t)
ATOMIC(64, uint64_t)

void __tsan_atomic_thread_fence(int order)
{
    (void)order;
    fail("a fence, which the model does not have: put the order on the operation");
}

/* For the compiler alone, which has already heeded it. */
void __tsan_atomic_signal_fence(int order)
{
    (void)order;
    settle();
}

/* ---- Bulk copies: called by these names, or, with the linker's --wrap, by those of the C library ---- */

static void *copy(uint8_t *target, const uint8_t *source, size_t size, int64_t site)
{
    size_t i;
    reads((void *)(uintptr_t)source, (int64_t)size, site);
    writes(target, (int64_t)size, site);
    if ((uintptr_t)target - (uintptr_t)source >= size)
        for (i = 0; i < size; i++)
            target[i] = source[i];
    else
        for (i = size; i > 0; i--)
            target[i - 1] = source[i - 1];
    settle();
    return target;
}

static void *fill(uint8_t *target, int value, size_t size, int64_t site)
{
    size_t i;
    writes(target, (int64_t)size, site);
    for (i = 0; i < size; i++)
        target[i] = (uint8_t)value;
    settle();
    return target;
}

#define BULK(prefix)                                                                                                     \
    void *prefix##memcpy(void *target, const void *source, size_t size)                                                  \
    {                                                                                                                    \
        return copy((uint8_t *)target, (const uint8_t *)source, size, SITE);                                             \
    }                                                                                                                    \
    void *prefix##memmove(void *target, const void *source, size_t size)                                                 \
    {                                                                                                                    \
        return copy((uint8_t *)target, (const uint8_t *)source, size, SITE);                                             \
    }                                                                                                                    \
    void *prefix##memset(void *target, int value, size_t size)                                                           \
    {                                                                                                                    \
        return fill((uint8_t *)target, value, size, SITE);                                                               \
    }
BULK(__tsan_)
BULK(__wrap_)

int __wrap_memcmp(const void *one, const void *other, size_t size)
{
    const uint8_t *a = (const uint8_t *)one, *b = (const uint8_t *)other;
    size_t i;
    reads((void *)(uintptr_t)one, (int64_t)size, SITE);
    reads((void *)(uintptr_t)other, (int64_t)size, SITE);
    for (i = 0; i < size; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

/* ---- What scenarios call ---- */

void model_expect(int holds, const char *promise)
{
    settle();
    if (!holds)
        fail(promise);
}

/* ---- What Java calls ---- */

model_exchange *model_begin(void)
{
    return &model;
}

/* Memory of so many bytes from now on. */
void model_bind(int32_t size)
{
    bytes = size;
}

/* An actor begins anew. */
void model_actor(int32_t actor)
{
    size_t i;
    for (i = 0; i < MODEL_SELF; i++)
        selves[actor][i] = 0;
}

/* Runs an operation to its first question or its end; what ran before and did not end is abandoned. */
int32_t model_start(void *code, int32_t actor)
{
    operation = (model_operation)(uintptr_t)code;
    operation_self = selves[actor];
    announced.size = 0;
    return enter(1);
}

/* Goes on with the answer. */
int32_t model_resume(void)
{
    return enter(0);
}

void *model_open(const char *path)
{
    return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

const char *model_error(void)
{
    return dlerror();
}

void *model_symbol(void *library, const char *name)
{
    return dlsym(library, name);
}

/* Where a library begins, that what lies in it may be found in the file. */
void *model_start_of(void *code)
{
    Dl_info info;
    return dladdr(code, &info) != 0 ? info.dli_fbase : NULL;
}

void model_close(void *library)
{
    dlclose(library);
}
