/* SPDX-License-Identifier: Apache-2.0 */
/* What C and the model of memory tell each other; Exchange.java reads and writes the same bytes. */
#ifndef PATCHBAY_MODEL_EXCHANGE
#define PATCHBAY_MODEL_EXCHANGE

#include <stdint.h>

#define MODEL_BYTES (1 << 20) /* the most that a scenario's memory may have */
#define MODEL_ACTORS 8
#define MODEL_SELF 4096 /* bytes of each actor's own */
#define MODEL_ARGUMENTS 8
#define MODEL_ACCESSES 64

enum { MODEL_LOAD, MODEL_STORE, MODEL_COMPARE, MODEL_SET, MODEL_ADD, MODEL_AND, MODEL_OR, MODEL_XOR };

/* ASKS: the last access is a load, whose value is wanted. ENDED: the operation has returned. FAILED: see the message. */
enum { MODEL_ASKS, MODEL_ENDED, MODEL_FAILED };

#define MODEL_PLAIN (-1) /* any other order is one of __ATOMIC_RELAXED to __ATOMIC_SEQ_CST */

typedef struct model_access {
    int32_t kind;
    int32_t order;
    int32_t failure; /* the order of a compare-and-set that fails */
    int32_t size;
    int64_t offset;
    int64_t value;
    int64_t expected;
    int64_t site; /* the address of the code */
} model_access;

typedef struct model_exchange {
    int32_t state;
    int32_t count;
    int64_t answer;
    int64_t result;
    int64_t arguments[MODEL_ARGUMENTS];
    int64_t section[6]; /* offset of the section, offset of its elements, stride, count, copies, copy stride */
    char message[256];
    model_access accesses[MODEL_ACCESSES];
} model_exchange;

typedef int64_t (*model_operation)(void *self, const int64_t *a);

#endif
