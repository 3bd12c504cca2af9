/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in for the engine process, on the generated headers alone. Each instance has a thread. Channel 0 is the sum of the
 * velocities of the held notes times the first parameter, channel 1 a sine of the last note; inputs are added to both.
 * PATCHBAY_FAKE holds words that make it misbehave:
 *
 *     exit            end before attaching                 fail       say FAILED with a message and end
 *     deaf            never attach                         refuse     refuse to activate
 *     mute=N          answer nothing from block N on       late=N:MS  answer block N only after MS milliseconds
 *     die=N           SIGKILL itself in block N            throw=N    refuse block N
 *     stay            ignore the request to quit           change=N   set parameter 1 to 0.25 in block N, and the bit
 *     tail=N          report this tail                     nan        change sets NaN instead
 *     full=N          refuse to take up instance N         slow=MS    answer each command only after MS milliseconds
 *     perish          SIGKILL itself when it is to activate       dawdle=MS  take this long to activate
 *     life=N          all this is for the Nth engine of an instance alone; from=N: for the Nth and all later ones
 *     only=N          all this is for instance N alone, counted from 1 in the order in which they were added
 */
#define _GNU_SOURCE
#include <patchbay/engine.h>
#include <patchbay/standard.h>

#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

/* An instance: its region, what its module holds, and the thread that serves it. */
typedef struct instance {
    int number;
    char id[33];
    pthread_t thread;
    pb_region region;
    pb_event_queue host_events;
    pb_ring host_event_data;
    pb_sysex_reader messages;
    pb_section roles, audio, host_event_slots, host_event_bytes, parameters, from_host, dirty, info;
    pb_audio_head *head;
    float values[256];
    uint32_t parameter_count;
    uint32_t last_transaction;
    float held[128];
    int last_key;
    double phase, bend;
    int blocks;
    char heard[sizeof(((pb_role *)0)->message)];
    struct instance *next;
} instance;

static instance *instances;
static int added;

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

static pb_role *role(const instance *it) { return (pb_role *)pb_section_element(&it->roles, PB_STANDARD_ROLE_RT); }

/* Whether the instance is one that misbehaves in this way. */
static int asked(const instance *it, const char *name)
{
    int life = (int)role(it)->generation;
    return option(name) != NULL && (option("only") == NULL || option_number("only") == it->number)
        && (option("life") == NULL || option_number("life") == life)
        && (option("from") == NULL || option_number("from") <= life);
}

static int asked_at(const instance *it, const char *name, int number)
{
    return asked(it, name) && option_number(name) == number;
}

static void set_state(const instance *it, int32_t state) { pb_role_cell_state(role(it), state); }

static void say(const instance *it, const char *message)
{
    pb_role_cell_message(role(it), message);
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
        it->held[event->index] = (float)event->value;
        it->last_key = event->index;
        it->phase = 0;
        break;
    case PB_EVENT_NOTE_OFF:
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
        channel(it, slot, it->head->input_channels)[i] = sum * it->values[0];
        if (it->head->output_channels > 1) {
            double step = 440.0 * pow(2.0, (it->last_key - 69 + 2 * it->bend) / 12.0) / slot->sample_rate;
            double level = it->last_key >= 0 ? (double)it->held[it->last_key] : 0.0;
            channel(it, slot, it->head->input_channels + 1)[i] = (float)(sin(6.283185307179586 * it->phase) * level);
            it->phase += step;
        }
        for (c = 0; c < it->head->input_channels && c < it->head->output_channels; c++)
            channel(it, slot, it->head->input_channels + c)[i] += channel(it, slot, c)[i];
    }
    pb_event_queue_advance(&it->host_events, position);
    pb_sysex_release(&it->messages);
}

static void misbehave(instance *it, pb_audio_slot *slot)
{
    const char *late = option("late");
    if (asked_at(it, "die", it->blocks))
        raise(SIGKILL);
    if (asked(it, "mute") && it->blocks >= option_number("mute"))
        for (;;)
            pause();
    if (asked_at(it, "late", it->blocks) && strchr(late, ':') != NULL)
        usleep((useconds_t)atoi(strchr(late, ':') + 1) * 1000u);
    if (asked_at(it, "throw", it->blocks)) {
        say(it, "the fake threw while it rendered");
        set_state(it, PB_ROLE_STATE_FAILED);
        slot->status = 1;
    }
    if (asked_at(it, "change", it->blocks)) {
        set_parameter(it, 1, option("nan") != NULL ? NAN : 0.25f);
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

/* Answers requests in their order until it is asked to quit. */
static void *serve(void *argument)
{
    instance *it = (instance *)argument;
    uint32_t done = __atomic_load_n(&it->head->done, __ATOMIC_RELAXED);
    int running = 1;
    set_state(it, PB_ROLE_STATE_ATTACHED);
    while (running) {
        pb_audio_slot *slot;
        await_request(it, done);
        slot = (pb_audio_slot *)pb_section_element(&it->audio, (done + 1) & 1u);
        slot->status = 0;
        slot->tail_frames = asked(it, "tail") ? option_number("tail") : 0;
        switch (slot->kind) {
        case PB_REQUEST_ACTIVATE:
            memset(it->held, 0, sizeof it->held);
            it->blocks = 0;
            if (asked(it, "perish"))
                raise(SIGKILL);
            if (asked(it, "dawdle"))
                usleep((useconds_t)option_number("dawdle") * 1000u);
            if (asked(it, "refuse")) {
                say(it, "the fake does not like this sample rate");
                slot->status = 1;
            } else {
                set_state(it, PB_ROLE_STATE_READY);
            }
            break;
        case PB_REQUEST_PROCESS:
            merge_from_host(it);
            render(it, slot);
            misbehave(it, slot);
            it->blocks++;
            break;
        case PB_REQUEST_QUIT:
            running = asked(it, "stay");
            break;
        default:
            break;
        }
        done++;
        if (pb_doorbell_ring(&it->head->done, done, &it->head->bridge_asleep))
            pb_futex_wake(&it->head->done);
    }
    set_state(it, PB_ROLE_STATE_LEAVING);
    return NULL;
}

/* Maps a region and checks that it is the one that is meant. */
static int attach(pb_region *region, const char *path, const char *id)
{
    char found[33];
    const pb_region_header *header;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    int attached = fd >= 0 && pb_region_attach(region, fd);
    if (!attached) {
        fprintf(stderr, "fake rt: %s: %s\n", path, fd < 0 ? strerror(errno) : region->error);
    }
    if (fd >= 0)
        close(fd);
    if (!attached)
        return 0;
    header = (const pb_region_header *)(const void *)region->base;
    snprintf(found, sizeof found, "%016" PRIx64 "%016" PRIx64, header->instance_id[0], header->instance_id[1]);
    if (strcmp(found, id) != 0) {
        fprintf(stderr, "fake rt: the region has the id %s, not %s\n", found, id);
        return 0;
    }
    return 1;
}

static int find_sections(instance *it)
{
    const pb_region *region = &it->region;
    return PB_FIND(region, PB_STANDARD_ROLES, &it->roles) && PB_FIND(region, PB_STANDARD_AUDIO, &it->audio)
        && PB_FIND(region, PB_STANDARD_HOST_EVENTS, &it->host_event_slots)
        && pb_event_queue_over(&it->host_events, &it->host_event_slots) == NULL
        && PB_FIND(region, PB_STANDARD_HOST_EVENT_DATA, &it->host_event_bytes)
        && pb_ring_over(&it->host_event_data, &it->host_event_bytes) == NULL
        && PB_FIND(region, PB_STANDARD_PARAMETERS, &it->parameters)
        && PB_FIND(region, PB_STANDARD_PARAMETERS_FROM_HOST, &it->from_host)
        && PB_FIND(region, PB_STANDARD_DIRTY_FROM_RT, &it->dirty)
        && PB_FIND(region, PB_STANDARD_PLUGIN, &it->info);
}

/* Takes an instance up; why not, or NULL. */
static const char *add(const pb_engine_command *command)
{
    char path[64];
    uint32_t i, request;
    instance *it = (instance *)calloc(1, sizeof *it);
    it->number = ++added;
    it->last_key = -1;
    if (option_number("full") == it->number)
        return "the fake is full";
    snprintf(path, sizeof path, "/proc/%d/fd/%d", command->region_pid, command->region_fd);
    snprintf(it->id, sizeof it->id, "%016" PRIx64 "%016" PRIx64, command->region_id[0], command->region_id[1]);
    if (!attach(&it->region, path, it->id) || !find_sections(it))
        return "the fake cannot use the region";
    it->head = (pb_audio_head *)(void *)it->audio.base;
    pb_sysex_reader_init(&it->messages, &it->host_event_data);
    it->parameter_count =
        (uint32_t)((const pb_standard_plugin_info *)pb_section_element(&it->info, 0))->parameter_count;
    for (i = 0; i < it->parameter_count; i++)
        it->values[i] = pb_float_get_acquire((const float *)pb_section_element(&it->parameters, i));
    role(it)->generation = command->generation;
    __atomic_store_n(&role(it)->pid, getpid(), __ATOMIC_RELEASE);
    request = __atomic_load_n(&it->head->request, __ATOMIC_ACQUIRE);
    pb_doorbell_ring(&it->head->done, request, &it->head->bridge_asleep);
    it->next = instances;
    instances = it;
    return pthread_create(&it->thread, NULL, serve, it) == 0 ? NULL : "the fake can have no thread";
}

/* Lets go of an instance whose thread has quit; why not, or NULL. */
static const char *let_go(const pb_engine_command *command)
{
    instance **at = &instances;
    instance *it;
    struct timespec limit;
    char id[33];
    snprintf(id, sizeof id, "%016" PRIx64 "%016" PRIx64, command->region_id[0], command->region_id[1]);
    while (*at != NULL && strcmp((*at)->id, id) != 0)
        at = &(*at)->next;
    it = *at;
    if (it == NULL)
        return NULL;
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec++;
    if (pthread_timedjoin_np(it->thread, NULL, &limit) != 0)
        return "the fake hangs";
    pb_region_detach(&it->region);
    *at = it->next;
    free(it);
    return NULL;
}

/* Obeys commands in their order until it is asked to quit. */
static void obey(pb_engine_bridge_bell *bridge, pb_engine_rt_bell *own, const pb_section *commands,
    const pb_section *answers)
{
    struct timespec far = {INT32_MAX, 0};
    int running = 1;
    while (running) {
        uint32_t number = own->done + 1;
        const pb_engine_command *command;
        pb_engine_answer *answer;
        const char *refusal = NULL;
        while (__atomic_load_n(&bridge->request, __ATOMIC_ACQUIRE) == own->done) {
            if (pb_doorbell_may_wait(&bridge->request, own->done, &own->rt_asleep))
                pb_futex_wait_until(&bridge->request, own->done, &far);
            pb_doorbell_awake(&own->rt_asleep);
        }
        command = (const pb_engine_command *)pb_section_element(commands, number % commands->count);
        answer = (pb_engine_answer *)pb_section_element(answers, number % answers->count);
        if (option("slow") != NULL)
            usleep((useconds_t)option_number("slow") * 1000u);
        if (command->number != number)
            refusal = "the command has another number";
        else if (command->kind == PB_COMMAND_ADD)
            refusal = add(command);
        else if (command->kind == PB_COMMAND_REMOVE)
            refusal = let_go(command);
        else if (command->kind == PB_COMMAND_QUIT)
            running = option("stay") != NULL;
        else
            refusal = "the fake does not know the command";
        answer->number = number;
        answer->status = refusal != NULL;
        snprintf(answer->text, sizeof answer->text, "%s", refusal != NULL ? refusal : "");
        if (pb_doorbell_ring(&own->done, number, &bridge->bridge_asleep))
            pb_futex_wake(&own->done);
    }
}

int main(int argc, char **argv)
{
    pb_region region;
    pb_section roles, bridge, own, commands, answers;
    pb_role *cell;
    if (argc < 9 || option("exit") != NULL || !attach(&region, argv[1], argv[2])
        || !PB_FIND(&region, PB_ENGINE_ROLES, &roles) || !PB_FIND(&region, PB_ENGINE_BRIDGE_BELL, &bridge)
        || !PB_FIND(&region, PB_ENGINE_RT_BELL, &own) || !PB_FIND(&region, PB_ENGINE_COMMANDS, &commands)
        || !PB_FIND(&region, PB_ENGINE_ANSWERS, &answers))
        return 3;
    fprintf(stderr, "fake rt: bundle %s, logs %s, %s %s\n", argv[5], argv[6], argv[7], argv[8]);
    if (option("deaf") != NULL)
        for (;;)
            pause();
    cell = (pb_role *)pb_section_element(&roles, PB_ENGINE_ROLE_RT);
    cell->generation = (uint32_t)atoi(argv[4]);
    __atomic_store_n(&cell->pid, getpid(), __ATOMIC_RELEASE);
    if (option("fail") != NULL) {
        pb_role_cell_message(cell, "the fake has\nno wish to play");
        pb_role_cell_state(cell, PB_ROLE_STATE_FAILED);
        return 1;
    }
    pb_role_cell_state(cell, PB_ROLE_STATE_READY);
    obey((pb_engine_bridge_bell *)pb_section_element(&bridge, 0), (pb_engine_rt_bell *)pb_section_element(&own, 0),
        &commands, &answers);
    pb_role_cell_state(cell, PB_ROLE_STATE_LEAVING);
    return 0;
}
