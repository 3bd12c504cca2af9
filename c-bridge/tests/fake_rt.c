/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in for the RT engine, on the generated header alone. Channel 0 is the sum of the velocities of the held
 * notes times the first parameter, channel 1 a sine of the last note; inputs are added to both. PATCHBAY_FAKE holds
 * words that make it misbehave:
 *
 *     exit            end before attaching                 fail       say FAILED with a message and end
 *     deaf            never attach                         refuse     refuse to activate
 *     mute=N          answer nothing from block N on       late=N:MS  answer block N only after MS milliseconds
 *     die=N           SIGKILL itself in block N            throw=N    refuse block N
 *     stay            ignore the request to quit           change=N   set parameter 1 to 0.25 in block N, and the bit
 *     tail=N          report this tail                     nan        change sets NaN instead
 *     latency=N       report this latency                  log=N      put N messages in each block, numbered
 */
#define _GNU_SOURCE
#include <patchbay/standard.h>

#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static pb_region region;
static pb_event_queue host_events;
static pb_ring host_event_data;
static pb_sysex_reader messages;
static pb_ring rt_log;
static pb_section rt_log_bytes;
static pb_section roles, audio, host_event_slots, host_event_bytes, parameters, from_host, dirty, info;
static pb_audio_head *head;
static float values[256];
static uint32_t parameter_count;
static uint32_t last_transaction;
static float held[128];
static int last_key = -1;
static double phase, bend;
static int blocks;

static const char *option(const char *name)
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

static int option_number(const char *name)
{
    const char *text = option(name);
    return text == NULL ? -1 : atoi(text);
}

static pb_role *role(void) { return (pb_role *)pb_section_element(&roles, PB_STANDARD_ROLE_RT); }

static void set_state(int32_t state) { pb_role_cell_state(role(), state); }

static void say(const char *message)
{
    pb_role_cell_message(role(), message);
}

static void set_parameter(uint32_t index, float value)
{
    if (index < parameter_count) {
        values[index] = value;
        pb_float_set_release((float *)pb_section_element(&parameters, index), value);
    }
}

static void merge_from_host(void)
{
    const pb_parameter_change *changes;
    uint32_t i, newest = last_transaction;
    if (!pb_triple_refresh(&from_host))
        return;
    changes = (const pb_parameter_change *)pb_triple_reader(&from_host);
    for (i = 0; i < from_host.count; i++) {
        if (pb_parameter_changes_is_newer(changes[i].transaction, last_transaction))
            set_parameter(i, changes[i].value);
        if (pb_parameter_changes_is_newer(changes[i].transaction, newest))
            newest = changes[i].transaction;
    }
    last_transaction = newest;
}

/* What came with each message and each change of the transport, for the test to compare. */
static void note_down(const pb_event *event)
{
    static char heard[sizeof role()->message];
    uint32_t length, i;
    const uint8_t *message = pb_sysex_take(&messages, event, &length);
    uint32_t sum = 2166136261u;
    size_t used = strlen(heard);
    for (i = 0; i < length; i++)
        sum = (sum ^ message[i]) * 16777619u;
    if (event->type == PB_EVENT_SYSEX && message != NULL)
        snprintf(heard + used, sizeof heard - used, "[%d: %u bytes, %08x]", event->sample_offset, length, sum);
    else if (event->type == PB_EVENT_TRANSPORT)
        snprintf(heard + used, sizeof heard - used, "[%d: %d at %g, %g]", event->sample_offset,
            pb_event_transport_change(event), pb_event_position_quarters(event), pb_event_tempo(event));
    say(heard);
}

static void take(const pb_event *event)
{
    if (!pb_event_is_valid(event))
        return;
    switch (event->type) {
    case PB_EVENT_NOTE_EXPRESSION:
        /* In whole tones, as the wheel. */
        if (pb_event_expression(event) == PB_EVENT_EXPRESSION_TUNING)
            bend = pb_event_plain_expression(event) / 200.0;
        break;
    case PB_EVENT_SYSEX:
    case PB_EVENT_TRANSPORT:
        note_down(event);
        break;
    case PB_EVENT_NOTE_ON:
        held[event->index] = (float)event->value;
        last_key = event->index;
        phase = 0;
        break;
    case PB_EVENT_NOTE_OFF:
        held[event->index] = 0;
        break;
    case PB_EVENT_PARAMETER:
        set_parameter((uint32_t)event->index, (float)event->value);
        break;
    case PB_EVENT_PITCH_BEND:
        bend = event->value;
        break;
    default:
        break;
    }
}

static float *channel(pb_audio_slot *slot, uint32_t number)
{
    return (float *)(void *)((uint8_t *)slot + head->samples_offset + (size_t)number * head->channel_stride);
}

static void render(pb_audio_slot *slot)
{
    uint64_t position = pb_event_queue_head_position(&host_events);
    int32_t i, k;
    uint32_t c;
    if ((slot->flags & PB_SLOT_FLAG_ALL_NOTES_OFF) != 0)
        memset(held, 0, sizeof held);
    for (i = 0; i < slot->frames; i++) {
        float sum = 0;
        while (position < slot->events_end && pb_event_queue_peek(&host_events, position)->sample_offset <= i)
            take(pb_event_queue_peek(&host_events, position++));
        for (k = 0; k < 128; k++)
            sum += held[k];
        channel(slot, head->input_channels)[i] = sum * values[0];
        if (head->output_channels > 1) {
            double step = 440.0 * pow(2.0, (last_key - 69 + 2 * bend) / 12.0) / slot->sample_rate;
            double level = last_key >= 0 ? (double)held[last_key] : 0.0;
            channel(slot, head->input_channels + 1)[i] = (float)(sin(6.283185307179586 * phase) * level);
            phase += step;
        }
        for (c = 0; c < head->input_channels && c < head->output_channels; c++)
            channel(slot, head->input_channels + c)[i] += channel(slot, c)[i];
    }
    pb_event_queue_advance(&host_events, position);
    pb_sysex_release(&messages);
}

/* What RegionLogger puts: a warning with a whole number and a number. */
static void put_messages(int count)
{
    static int64_t number;
    static const char text[] = "block\n{} at {}";
    for (; count > 0; count--) {
        double half = (double)++number / 2;
        uint8_t message[sizeof(pb_log_record) + sizeof text - 1];
        pb_log_record record;
        memset(&record, 0, sizeof record);
        record.level = PB_LOG_LEVEL_WARNING;
        record.text_length = (int32_t)sizeof text - 1;
        record.argument_count = 2;
        record.doubles = 2u;
        memcpy(&record.arguments[0], &number, sizeof number);
        memcpy(&record.arguments[1], &half, sizeof half);
        memcpy(message, &record, sizeof record);
        memcpy(message + sizeof record, text, sizeof text - 1);
        pb_ring_write(&rt_log, 1, message, sizeof message);
    }
}

static void misbehave(pb_audio_slot *slot)
{
    const char *late = option("late");
    if (option("log") != NULL)
        put_messages(option_number("log"));
    if (option_number("die") == blocks)
        raise(SIGKILL);
    if (option("mute") != NULL && blocks >= option_number("mute"))
        for (;;)
            pause();
    if (late != NULL && atoi(late) == blocks && strchr(late, ':') != NULL)
        usleep((useconds_t)atoi(strchr(late, ':') + 1) * 1000u);
    if (option_number("throw") == blocks) {
        say("the fake threw while it rendered");
        set_state(PB_ROLE_STATE_FAILED);
        slot->status = 1;
    }
    if (option_number("change") == blocks) {
        set_parameter(1, option("nan") != NULL ? NAN : 0.25f);
        pb_dirty_set(&dirty, 1);
    }
}

static void await_request(uint32_t done)
{
    struct timespec far = {INT32_MAX, 0};
    while (__atomic_load_n(&head->request, __ATOMIC_ACQUIRE) == done) {
        if (pb_doorbell_may_wait(&head->request, done, &head->rt_asleep))
            pb_futex_wait_until(&head->request, done, &far);
        pb_doorbell_awake(&head->rt_asleep);
    }
}

/* Answers requests in their order until it is asked to quit. */
static void serve(uint32_t done)
{
    int running = 1;
    while (running) {
        pb_audio_slot *slot;
        await_request(done);
        slot = (pb_audio_slot *)pb_section_element(&audio, (done + 1) & 1u);
        slot->status = 0;
        slot->tail_frames = option("tail") != NULL ? option_number("tail") : 0;
        slot->latency_frames = option("latency") != NULL ? option_number("latency") : 0;
        switch (slot->kind) {
        case PB_REQUEST_ACTIVATE:
            memset(held, 0, sizeof held);
            blocks = 0;
            if (option("refuse") != NULL) {
                say("the fake does not like this sample rate");
                slot->status = 1;
            } else {
                set_state(PB_ROLE_STATE_READY);
            }
            break;
        case PB_REQUEST_PROCESS:
            merge_from_host();
            render(slot);
            misbehave(slot);
            blocks++;
            break;
        case PB_REQUEST_QUIT:
            running = option("stay") != NULL;
            break;
        default:
            break;
        }
        done++;
        if (pb_doorbell_ring(&head->done, done, &head->bridge_asleep))
            pb_futex_wake(&head->done);
    }
    set_state(PB_ROLE_STATE_LEAVING);
}

static int attach(const char *path, const char *id)
{
    char found[33];
    const pb_region_header *header;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || !pb_region_attach(&region, fd)) {
        fprintf(stderr, "fake rt: %s: %s\n", path, fd < 0 ? strerror(errno) : region.error);
        return 0;
    }
    header = (const pb_region_header *)(const void *)region.base;
    snprintf(found, sizeof found, "%016" PRIx64 "%016" PRIx64, header->instance_id[0], header->instance_id[1]);
    if (strcmp(found, id) != 0) {
        fprintf(stderr, "fake rt: the region has the id %s, not %s\n", found, id);
        return 0;
    }
    return PB_FIND(&region, PB_STANDARD_ROLES, &roles) && PB_FIND(&region, PB_STANDARD_AUDIO, &audio)
        && PB_FIND(&region, PB_STANDARD_HOST_EVENTS, &host_event_slots)
        && pb_event_queue_over(&host_events, &host_event_slots) == NULL
        && PB_FIND(&region, PB_STANDARD_HOST_EVENT_DATA, &host_event_bytes)
        && pb_ring_over(&host_event_data, &host_event_bytes) == NULL
        && PB_FIND(&region, PB_STANDARD_RT_LOG, &rt_log_bytes) && pb_ring_over(&rt_log, &rt_log_bytes) == NULL
        && PB_FIND(&region, PB_STANDARD_PARAMETERS, &parameters)
        && PB_FIND(&region, PB_STANDARD_PARAMETERS_FROM_HOST, &from_host)
        && PB_FIND(&region, PB_STANDARD_DIRTY_FROM_RT, &dirty) && PB_FIND(&region, PB_STANDARD_PLUGIN, &info);
}

int main(int argc, char **argv)
{
    uint32_t i;
    if (argc < 9 || option("exit") != NULL || !attach(argv[1], argv[2]))
        return 3;
    fprintf(stderr, "fake rt: bundle %s, logs %s, %s %s\n", argv[5], argv[6], argv[7], argv[8]);
    if (option("deaf") != NULL)
        for (;;)
            pause();
    head = (pb_audio_head *)(void *)audio.base;
    pb_sysex_reader_init(&messages, &host_event_data);
    parameter_count = (uint32_t)((const pb_standard_plugin_info *)pb_section_element(&info, 0))->parameter_count;
    for (i = 0; i < parameter_count; i++)
        values[i] = pb_float_get_acquire((const float *)pb_section_element(&parameters, i));
    role()->generation = (uint32_t)atoi(argv[4]);
    __atomic_store_n(&role()->pid, getpid(), __ATOMIC_RELEASE);
    if (option("fail") != NULL) {
        say("the fake has\nno wish to play");
        set_state(PB_ROLE_STATE_FAILED);
        return 1;
    }
    i = __atomic_load_n(&head->request, __ATOMIC_ACQUIRE);
    pb_doorbell_ring(&head->done, i, &head->bridge_asleep);
    set_state(PB_ROLE_STATE_ATTACHED);
    serve(i);
    return 0;
}
