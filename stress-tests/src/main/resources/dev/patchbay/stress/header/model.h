/* SPDX-License-Identifier: Apache-2.0 */
/* What a scenario in C is written with: the generated header, the model's memory and one function for each operation. */
#include "exchange.h"
#include "header.h"

extern uint8_t model_memory[];
extern model_exchange model;

/* An operation that the scenario calls by its name. self is memory of the actor's own, zero when the actor begins; a has the
   arguments. */
#define OPERATION(name)                                                                                                  \
    int64_t operation_##name(void *self, const int64_t *a);                                                              \
    int64_t operation_##name(void *self, const int64_t *a)

/* For operations without an actor's state, without arguments. */
#define UNUSED ((void)self, (void)a)

/* Fails the execution where a promise is broken. Does not return then. */
void model_expect(int holds, const char *promise);

/* Memory at an offset. */
static inline void *model_at(int64_t offset)
{
    return model_memory + offset;
}

/* The section that the scenario is about. */
static inline pb_section model_section(void)
{
    pb_section section;
    section.base = model_memory + model.section[0];
    section.elements = model_memory + model.section[1];
    section.stride = (uint32_t)model.section[2];
    section.count = (uint32_t)model.section[3];
    section.copies = (uint32_t)model.section[4];
    section.copy_stride = (uint32_t)model.section[5];
    return section;
}
