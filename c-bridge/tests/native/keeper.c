/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A native control module: it counts how often its second parameter was moved, keeps that as its state, and answers the third with a
 * change of the first. Its state begins with KEEPER_VERSION, and has KEEPER_PADDING more bytes, which depend on the count; one of a later
 * version is refused. A last parameter of 1 ends it badly.
 */
#include <patchbay/module.h>

#include <stdio.h>
#include <stdlib.h>

#if !defined(KEEPER_VERSION)
#define KEEPER_VERSION 1
#endif

#if !defined(KEEPER_PADDING)
#define KEEPER_PADDING 0
#endif

PB_MODULE;

typedef struct keeper {
    const pb_control_context *context;
    uint32_t count;
    float last; /* negative: not told yet */
} keeper;

void *pb_control_init(const pb_control_context *context)
{
    char text[80];
    keeper *self = (keeper *)calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->context = context;
    self->last = -1;
    snprintf(text, sizeof text, "keeper version %d begins", KEEPER_VERSION);
    context->log(context, text);
#if defined(KEEPER_REFUSES)
    context->refuse(context, "no folder for it.");
    free(self);
    return NULL;
#else
    return self;
#endif
}

void pb_control_set_parameter(void *module, int32_t index, float normalized)
{
    keeper *self = (keeper *)module;
    if (index == self->context->parameter_index(self->context, "cutoff")) {
        if (self->last >= 0 && (self->last < normalized || self->last > normalized))
            self->count++;
        self->last = normalized;
    }
    if (index == self->context->parameter_index(self->context, "shape") && normalized > 0.9f) {
        const int32_t changed = self->context->parameter_index(self->context, "level");
        const float value = KEEPER_VERSION == 1 ? 0.125f : 0.75f;
        self->context->change(self->context, 1, &changed, &value);
    }
    if (index == self->context->parameter_index(self->context, "secret") && normalized >= 1)
        abort();
}

static uint8_t padding(uint32_t count, uint32_t at)
{
    return (uint8_t)(count * 31u + at * 7u);
}

uint32_t pb_control_save_state(void *module, uint8_t *room, uint32_t size)
{
    const uint32_t count = ((keeper *)module)->count;
    char text[32];
    const uint32_t length = (uint32_t)snprintf(text, sizeof text, "%d:%u\n", KEEPER_VERSION, count);
    uint32_t i;
    if (length + KEEPER_PADDING <= size) {
        memcpy(room, text, length);
        for (i = length; i < length + KEEPER_PADDING; i++)
            room[i] = padding(count, i - length);
    }
    return length + KEEPER_PADDING;
}

int32_t pb_control_load_state(void *module, const uint8_t *bytes, uint32_t length)
{
    keeper *self = (keeper *)module;
    char text[32] = {0};
    unsigned count = 0;
    int version = 0;
    int read = 0;
    uint32_t i;
    if (length == 0) {
        self->count = 0;
        return 1;
    }
    memcpy(text, bytes, length < sizeof text ? length : sizeof text - 1u);
    if (sscanf(text, "%d:%u%n", &version, &count, &read) != 2 || version > KEEPER_VERSION || text[read++] != '\n') {
        self->context->refuse(self->context, "it is of a later version.");
        return 0;
    }
    for (i = (uint32_t)read; i < length; i++) {
        if (bytes[i] != padding(count, i - (uint32_t)read)) {
            self->context->refuse(self->context, "it is damaged.");
            return 0;
        }
    }
    self->count = count;
    return 1;
}

#if !defined(KEEPER_WITHOUT_CLOSE)
void pb_control_close(void *module)
{
    ((keeper *)module)->context->log(((keeper *)module)->context, "keeper closes");
    free(module);
}
#endif
