/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A native RT module that shows what it is called for. The left channel is the input times the first parameter, the right one the
 * velocity of the last note. Built again with PROBE_ABI, PROBE_HASH, PROBE_WITHOUT_PROCESS and PROBE_WITHOUT_INFO for libraries that
 * are refused. PATCHBAY_FAKE may say "whole", "init-refuses", "activate-refuses" and "optional".
 */
#include <patchbay/module.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(PROBE_ABI)
const pb_module_info pb_module = {PB_MODULE_ABI_VERSION + 1u, (uint32_t)sizeof(pb_module_info), PB_MODULE_LAYOUT_HASH};
#elif defined(PROBE_HASH)
const pb_module_info pb_module = {PB_MODULE_ABI_VERSION, (uint32_t)sizeof(pb_module_info), PB_MODULE_LAYOUT_HASH ^ 1u};
#elif !defined(PROBE_WITHOUT_INFO)
PB_MODULE;
#endif

/* What was called, in order; the tests read it. */
PB_EXPORT extern char probe_calls[4096];
char probe_calls[4096];

/* What a product of denormal numbers was in the last block. */
PB_EXPORT extern float probe_denormal;
float probe_denormal;

typedef struct probe {
    const pb_rt_context *context;
    float velocity;
    float level; /* within a whole block */
    int32_t tail;
    int whole;
} probe;

static int asked(const char *word)
{
    const char *all = getenv("PATCHBAY_FAKE");
    return all != NULL && strstr(all, word) != NULL;
}

static void note(const char *call)
{
    size_t used = strlen(probe_calls);
    if (used + strlen(call) + 2u < sizeof probe_calls) {
        strcat(probe_calls, call);
        strcat(probe_calls, " ");
    }
}

void *pb_rt_init(const pb_rt_context *context)
{
    char text[80];
    probe *self;
    snprintf(text, sizeof text, "init(%g,%d,%d,%d)", context->sample_rate, context->max_frames, context->input_channels,
        context->output_channels);
    note(text);
    if (asked("init-refuses")) {
        context->refuse(context, "the tables cannot be found.");
        return NULL;
    }
    self = (probe *)calloc(1, sizeof *self);
    if (self != NULL) {
        self->context = context;
        self->whole = asked("whole");
    }
    return self;
}

int32_t pb_rt_whole_blocks(void *module)
{
    return ((probe *)module)->whole;
}

int32_t pb_rt_activate(void *module)
{
    note("activate");
    if (asked("activate-refuses")) {
        ((probe *)module)->context->refuse(((probe *)module)->context, "not today.");
        return 0;
    }
    return 1;
}

void pb_rt_deactivate(void *module)
{
    (void)module;
    note("deactivate");
}

void pb_rt_reset(void *module)
{
    ((probe *)module)->velocity = 0;
    note("reset");
}

static void take(probe *self, const pb_rt_event *event)
{
    char text[80];
    switch (event->event.type) {
    case PB_EVENT_NOTE_ON:
        self->velocity = (float)pb_event_velocity(&event->event);
        self->context->voice_state(self->context, 3, pb_voice_states_pack(PB_VOICE_SUSTAIN, 1, 0, pb_event_key(&event->event), 99, 1));
        self->context->voice_level(self->context, 3, self->velocity);
        break;
    case PB_EVENT_NOTE_OFF:
    case PB_EVENT_ALL_NOTES_OFF:
        self->velocity = 0;
        break;
    case PB_EVENT_SYSEX:
        snprintf(text, sizeof text, "message(%d,%u,%u)", event->event.sample_offset, event->payload_length,
            (unsigned)event->payload[event->payload_length - 1u]);
        note(text);
        break;
    case PB_EVENT_PROGRAM: {
        const double number = pb_event_program_number(&event->event);
        self->context->log(self->context, PB_LOG_LEVEL_WARNING, "program {} is not there", 1, &number);
        break;
    }
    default: break;
    }
}

void pb_rt_handle_event(void *module, const pb_rt_event *event)
{
    take((probe *)module, event);
}

#if !defined(PROBE_WITHOUT_PROCESS)
void pb_rt_process(void *module, const pb_rt_block *block)
{
    probe *self = (probe *)module;
    volatile float small = 1e-30f;
    char text[80];
    int32_t i, next = 0;
    float level = block->normalized[0];
    snprintf(text, sizeof text, "process(%d)", block->frames);
    note(text);
    probe_denormal = small * 1e-10f;
    self->tail = block->frames;
    for (i = 0; i < block->frames; i++) {
        for (; next < block->event_count && block->events[next].event.sample_offset <= i; next++) {
            const pb_event *event = &block->events[next].event;
            if (event->type == PB_EVENT_PARAMETER && pb_event_parameter_index(event) == 0)
                level = (float)pb_event_normalized(event);
            take(self, &block->events[next]);
        }
        block->outputs[0][i] = block->inputs[0][i] * level;
        block->outputs[1][i] = self->velocity;
    }
    for (; next < block->event_count; next++)
        take(self, &block->events[next]);
}
#endif

int32_t pb_rt_tail_frames(void *module)
{
    return ((probe *)module)->tail;
}

int32_t pb_rt_latency_frames(void *module)
{
    (void)module;
    return 32;
}

void pb_rt_close(void *module)
{
    note("close");
    free(module);
}
