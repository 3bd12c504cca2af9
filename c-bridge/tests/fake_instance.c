/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "fake_instance.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

const char *fake_option(const char *name)
{
    const char *all = getenv("PATCHBAY_FAKE");
    size_t length = strlen(name);
    const char *at = all;
    while (at != NULL && (at = strstr(at, name)) != NULL) {
        char end = at[length];
        if ((at == all || at[-1] == ' ') && (end == 0 || end == ' ' || end == '='))
            return end == '=' ? at + length + 1 : "0";
        at++;
    }
    return NULL;
}

int fake_option_number(const char *name)
{
    const char *text = fake_option(name);
    return text == NULL ? -1 : atoi(text);
}

pb_role *fake_role(const instance *it) { return (pb_role *)pb_section_element(&it->roles, PB_STANDARD_ROLE_RT); }

/* Whether the instance is one that misbehaves in this way. */
static int asked(const instance *it, const char *name)
{
    int life = (int)fake_role(it)->generation;
    return fake_option(name) != NULL && (fake_option("only") == NULL || fake_option_number("only") == it->number)
        && (fake_option("life") == NULL || fake_option_number("life") == life)
        && (fake_option("from") == NULL || fake_option_number("from") <= life);
}

static int asked_at(const instance *it, const char *name, int number)
{
    return asked(it, name) && fake_option_number(name) == number;
}

static void set_state(const instance *it, int32_t state) { pb_role_cell_state(fake_role(it), state); }

static void say(const instance *it, const char *message)
{
    pb_role_cell_message(fake_role(it), message);
}

static void set_parameter(instance *it, uint32_t index, float value)
{
    if (index < it->parameter_count) {
        it->values[index] = value;
        pb_float_set_release((float *)pb_section_element(&it->parameters, index), value);
    }
}

static void merge_from_host(instance *it)
{
    const pb_parameter_change *changes;
    uint32_t i, newest = it->last_transaction;
    if (!pb_triple_refresh(&it->from_host))
        return;
    changes = (const pb_parameter_change *)pb_triple_reader(&it->from_host);
    for (i = 0; i < it->from_host.count; i++) {
        if (pb_parameter_changes_is_newer(changes[i].transaction, it->last_transaction))
            set_parameter(it, i, changes[i].value);
        if (pb_parameter_changes_is_newer(changes[i].transaction, newest))
            newest = changes[i].transaction;
    }
    it->last_transaction = newest;
}

/* What came with each message and each change of the transport, for the test to compare. */
static void note_down(instance *it, const pb_event *event)
{
    uint32_t length, i;
    const uint8_t *message = pb_sysex_take(&it->messages, event, &length);
    uint32_t sum = 2166136261u;
    size_t used = strlen(it->heard);
    for (i = 0; i < length; i++)
        sum = (sum ^ message[i]) * 16777619u;
    if (event->type == PB_EVENT_SYSEX && message != NULL)
        snprintf(it->heard + used, sizeof it->heard - used, "[%d: %u bytes, %08x]", event->sample_offset, length, sum);
    else if (event->type == PB_EVENT_TRANSPORT)
        snprintf(it->heard + used, sizeof it->heard - used, "[%d: %d at %g, %g]", event->sample_offset,
            pb_event_transport_change(event), pb_event_position_quarters(event), pb_event_tempo(event));
    say(it, it->heard);
}

/* A full queue loses it, as a module would. */
static void echo(instance *it, const pb_event *event)
{
    if (fake_option("echo") != NULL)
        pb_event_queue_offer(&it->rt_events, event);
}

static void tell_buses(instance *it)
{
    char text[sizeof it->heard] = "";
    uint32_t i;
    for (i = 0; i < it->bus_channels.count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%d ",
            *(const int32_t *)pb_section_element(&it->bus_channels, i));
    say(it, text);
}

static void take(instance *it, const pb_event *event)
{
    if (!pb_event_is_valid(event))
        return;
    switch (event->type) {
    case PB_EVENT_NOTE_EXPRESSION:
        /* In whole tones, as the wheel. */
        if (pb_event_expression(event) == PB_EVENT_EXPRESSION_TUNING)
            it->bend = pb_event_plain_expression(event) / 200.0;
        break;
    case PB_EVENT_SYSEX:
    case PB_EVENT_TRANSPORT:
        note_down(it, event);
        break;
    case PB_EVENT_NOTE_ON:
        echo(it, event);
        it->held[event->index] = (float)event->value;
        it->last_key = event->index;
        it->phase = 0;
        break;
    case PB_EVENT_NOTE_OFF:
        echo(it, event);
        it->held[event->index] = 0;
        break;
    case PB_EVENT_PARAMETER:
        set_parameter(it, (uint32_t)event->index, (float)event->value);
        break;
    case PB_EVENT_PITCH_BEND:
        it->bend = event->value;
        break;
    default:
        break;
    }
}

static float *channel(const instance *it, pb_audio_slot *slot, uint32_t number)
{
    return (float *)(void *)((uint8_t *)slot + it->head->samples_offset + (size_t)number * it->head->channel_stride);
}

static void render(instance *it, pb_audio_slot *slot)
{
    uint64_t position = pb_event_queue_head_position(&it->host_events);
    int32_t i, k;
    uint32_t c;
    if ((slot->flags & PB_SLOT_FLAG_ALL_NOTES_OFF) != 0)
        memset(it->held, 0, sizeof it->held);
    for (i = 0; i < slot->frames; i++) {
        float sum = 0;
        while (position < slot->events_end && pb_event_queue_peek(&it->host_events, position)->sample_offset <= i)
            take(it, pb_event_queue_peek(&it->host_events, position++));
        for (k = 0; k < 128; k++)
            sum += it->held[k];
        channel(it, slot, it->head->input_channels)[i] = sum * it->values[0] * (fake_option("gain") != NULL ? (float)fake_option_number("gain") : 1.0f);
        if (it->head->output_channels > 1) {
            double step = 440.0 * pow(2.0, (it->last_key - 69 + 2 * it->bend) / 12.0) / slot->sample_rate;
            double level = it->last_key >= 0 ? (double)it->held[it->last_key] : 0.0;
            channel(it, slot, it->head->input_channels + 1)[i] = (float)(sin(6.283185307179586 * it->phase) * level);
            it->phase += step;
        }
        for (c = 0; c < it->head->input_channels && c < it->head->output_channels; c++)
            channel(it, slot, it->head->input_channels + c)[i] =
                (c < 2 ? channel(it, slot, it->head->input_channels + c)[i] : 0) + channel(it, slot, c)[i];
    }
    pb_event_queue_advance(&it->host_events, position);
    pb_sysex_release(&it->messages);
}

/* What RegionLogger puts: a warning with a whole number and a number. */
static void put_messages(instance *it, int count)
{
    static const char text[] = "block\n{} at {}";
    for (; count > 0; count--) {
        double half = (double)++it->logged / 2;
        uint8_t message[sizeof(pb_log_record) + sizeof text - 1];
        pb_log_record record;
        memset(&record, 0, sizeof record);
        record.level = PB_LOG_LEVEL_WARNING;
        record.text_length = (int32_t)sizeof text - 1;
        record.argument_count = 2;
        record.doubles = 2u;
        memcpy(&record.arguments[0], &it->logged, sizeof it->logged);
        memcpy(&record.arguments[1], &half, sizeof half);
        memcpy(message, &record, sizeof record);
        memcpy(message + sizeof record, text, sizeof text - 1);
        pb_ring_write(&it->rt_log, 1, message, sizeof message);
    }
}

static void misbehave(instance *it, pb_audio_slot *slot)
{
    if (asked(it, "log"))
        put_messages(it, fake_option_number("log"));
    if (asked_at(it, "low", it->blocks))
        fake_say_heap_is_low();
    if (asked_at(it, "die", it->blocks))
        raise(SIGKILL);
    if (asked(it, "mute") && it->blocks >= fake_option_number("mute"))
        for (;;)
            pause();
    if (asked_at(it, "hold", it->blocks))
        raise(SIGSTOP);
    if (asked(it, "heavy"))
        usleep((useconds_t)fake_option_number("heavy") * 1000u);
    if (asked_at(it, "throw", it->blocks)) {
        say(it, "the fake threw while it rendered");
        set_state(it, PB_ROLE_STATE_FAILED);
        slot->status = 1;
    }
    if (asked_at(it, "change", it->blocks)) {
        set_parameter(it, 1, fake_option("nan") != NULL ? NAN : 0.25f);
        pb_dirty_set(&it->dirty, 1);
    }
}

static void await_request(const instance *it, uint32_t done)
{
    struct timespec far = {INT32_MAX, 0};
    while (__atomic_load_n(&it->head->request, __ATOMIC_ACQUIRE) == done) {
        if (pb_doorbell_may_wait(&it->head->request, done, &it->head->rt_asleep))
            pb_futex_wait_until(&it->head->request, done, &far);
        pb_doorbell_awake(&it->head->rt_asleep);
    }
}

/* Goes on in the region that it was told of: with what its module holds, and behind what was answered there. */
static int move(instance *it)
{
    uint32_t i;
    pb_region_detach(&it->region);
    it->region = it->target;
    if (!fake_find_sections(it))
        return 0;
    it->head = (pb_audio_head *)(void *)it->audio.base;
    pb_sysex_reader_init(&it->messages, &it->host_event_data);
    /* What the host published there was told here. */
    pb_triple_refresh(&it->from_host);
    for (i = 0; i < it->from_host.count; i++) {
        const pb_parameter_change *changes = (const pb_parameter_change *)pb_triple_reader(&it->from_host);
        if (pb_parameter_changes_is_newer(changes[i].transaction, it->last_transaction))
            it->last_transaction = changes[i].transaction;
    }
    for (i = 0; i < it->parameter_count; i++)
        set_parameter(it, i, it->values[i]);
    fake_role(it)->generation = it->target_generation;
    __atomic_store_n(&fake_role(it)->pid, getpid(), __ATOMIC_RELEASE);
    set_state(it, PB_ROLE_STATE_READY);
    return 1;
}

/* Answers requests in their order until it is asked to quit. */
void *fake_serve(void *argument)
{
    instance *it = (instance *)argument;
    uint32_t done = __atomic_load_n(&it->head->done, __ATOMIC_RELAXED);
    int running = 1, expires;
    set_state(it, PB_ROLE_STATE_ATTACHED);
    while (running) {
        pb_audio_slot *slot;
        await_request(it, done);
        slot = (pb_audio_slot *)pb_section_element(&it->audio, (done + 1) & 1u);
        slot->status = 0;
        slot->tail_frames = asked(it, "tail") ? fake_option_number("tail") : 0;
        slot->latency_frames = asked(it, "latency") ? fake_option_number("latency") : 0;
        if (asked(it, "lag") && slot->kind == PB_REQUEST_PROCESS && it->blocks >= fake_option_number("lag"))
            slot->latency_frames = 256;
        switch (slot->kind) {
        case PB_REQUEST_ACTIVATE:
            memset(it->held, 0, sizeof it->held);
            it->blocks = 0;
            if (asked(it, "buses"))
                tell_buses(it);
            if (asked(it, "worn"))
                fake_say_heap_is_low();
            if (asked(it, "perish"))
                raise(SIGKILL);
            if (asked(it, "pause"))
                raise(SIGSTOP);
            if (asked(it, "dawdle"))
                usleep((useconds_t)fake_option_number("dawdle") * 1000u);
            if (asked(it, "refuse")) {
                say(it, "the fake does not like this sample rate");
                slot->status = 1;
            } else {
                set_state(it, PB_ROLE_STATE_READY);
            }
            break;
        case PB_REQUEST_PROCESS:
            slot->rt_events_begin = pb_event_queue_tail(&it->rt_events);
            merge_from_host(it);
            render(it, slot);
            misbehave(it, slot);
            it->blocks++;
            break;
        case PB_REQUEST_MOVE:
            if (!move(it))
                return NULL;
            done = __atomic_load_n(&it->head->done, __ATOMIC_ACQUIRE);
            continue;
        case PB_REQUEST_QUIT:
            running = asked(it, "stay");
            break;
        default:
            break;
        }
        expires = slot->kind == PB_REQUEST_ACTIVATE && asked(it, "expire");
        done++;
        if (pb_doorbell_ring(&it->head->done, done, &it->head->bridge_asleep))
            pb_futex_wake(&it->head->done);
        if (expires)
            raise(SIGKILL);
    }
    set_state(it, PB_ROLE_STATE_LEAVING);
    return NULL;
}
