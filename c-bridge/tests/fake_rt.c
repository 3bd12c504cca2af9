/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in for the engine process, on the generated headers alone. Each instance has a thread. Channel 0 is the sum of the
 * velocities of the held notes times the first parameter, channel 1 a sine of the last note; inputs are added to both.
 * PATCHBAY_FAKE holds words that make it misbehave:
 *
 *     exit            end before attaching                 fail       say FAILED with a message and end
 *     deaf            never attach                         refuse     refuse to activate
 *     mute=N          answer nothing from block N on       hold=N     SIGSTOP itself in block N, before the answer
 *     die=N           SIGKILL itself in block N            throw=N    refuse block N
 *     stay            ignore the request to quit           change=N   set parameter 1 to 0.25 in block N, and the bit
 *     tail=N          report this tail                     nan        change sets NaN instead
 *     full=N          refuse to take up instance N         slow=MS    answer each command only after MS milliseconds
 *     heavy=MS        answer each block only after MS milliseconds
 *     latency=N       report this latency                  log=N      put N messages in each block, numbered
 *     perish          SIGKILL itself when it is to activate       dawdle=MS  take this long to activate
 *     pause           SIGSTOP itself when it is to activate      expire     SIGKILL itself right after it has activated
 *     life=N          all this is for the Nth engine of an instance alone; from=N: for the Nth and all later ones
 *     gain=N          play N times as loud                low=N      say after N blocks that the heap runs low
 *     echo            play each note to the host, too    buses      tell how many channels of each bus are in use
 *     lag=N           report a latency of 256 from block N on
 *     worn            say when it is to activate that the heap runs low
 *     only=N          all this is for instance N alone, counted from 1 in the order in which they were added
 */
#define _GNU_SOURCE
#include "fake_instance.h"

#include <patchbay/engine.h>

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static instance *instances;
static int added;
static pb_section engine_counters;

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

int fake_find_sections(instance *it)
{
    const pb_region *region = &it->region;
    return PB_FIND(region, PB_STANDARD_ROLES, &it->roles) && PB_FIND(region, PB_STANDARD_AUDIO, &it->audio)
        && PB_FIND(region, PB_STANDARD_HOST_EVENTS, &it->host_event_slots)
        && pb_event_queue_over(&it->host_events, &it->host_event_slots) == NULL
        && PB_FIND(region, PB_STANDARD_HOST_EVENT_DATA, &it->host_event_bytes)
        && pb_ring_over(&it->host_event_data, &it->host_event_bytes) == NULL
        && PB_FIND(region, PB_STANDARD_BUS_CHANNELS, &it->bus_channels)
        && PB_FIND(region, PB_STANDARD_RT_EVENTS, &it->rt_event_slots)
        && pb_event_queue_over(&it->rt_events, &it->rt_event_slots) == NULL
        && PB_FIND(region, PB_STANDARD_RT_LOG, &it->rt_log_bytes)
        && pb_ring_over(&it->rt_log, &it->rt_log_bytes) == NULL
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
    if (fake_option_number("full") == it->number)
        return "the fake is full";
    snprintf(path, sizeof path, "/proc/%d/fd/%d", command->region_pid, command->region_fd);
    snprintf(it->id, sizeof it->id, "%016" PRIx64 "%016" PRIx64, command->region_id[0], command->region_id[1]);
    if (!attach(&it->region, path, it->id) || !fake_find_sections(it))
        return "the fake cannot use the region";
    it->head = (pb_audio_head *)(void *)it->audio.base;
    pb_sysex_reader_init(&it->messages, &it->host_event_data);
    it->parameter_count =
        (uint32_t)((const pb_standard_plugin_info *)pb_section_element(&it->info, 0))->parameter_count;
    for (i = 0; i < it->parameter_count; i++)
        it->values[i] = pb_float_get_acquire((const float *)pb_section_element(&it->parameters, i));
    fake_role(it)->generation = command->generation;
    __atomic_store_n(&fake_role(it)->pid, getpid(), __ATOMIC_RELEASE);
    request = __atomic_load_n(&it->head->request, __ATOMIC_ACQUIRE);
    pb_doorbell_ring(&it->head->done, request, &it->head->bridge_asleep);
    it->next = instances;
    instances = it;
    return pthread_create(&it->thread, NULL, fake_serve, it) == 0 ? NULL : "the fake can have no thread";
}

/* Prepares an instance to go on in another region; why not, or NULL. */
static const char *prepare_move(const pb_engine_command *command)
{
    instance *it;
    char path[64], id[33];
    snprintf(id, sizeof id, "%016" PRIx64 "%016" PRIx64, command->from_id[0], command->from_id[1]);
    for (it = instances; it != NULL && strcmp(it->id, id) != 0; it = it->next)
        continue;
    if (it == NULL)
        return "the fake has no such instance";
    snprintf(path, sizeof path, "/proc/%d/fd/%d", command->region_pid, command->region_fd);
    snprintf(it->id, sizeof it->id, "%016" PRIx64 "%016" PRIx64, command->region_id[0], command->region_id[1]);
    if (!attach(&it->target, path, it->id))
        return "the fake cannot use the region to move to";
    it->target_generation = command->generation;
    return NULL;
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

void fake_say_heap_is_low(void) { pb_counter_add(&engine_counters, PB_ENGINE_COUNTERS_HEAP_IS_LOW, 1); }

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
        if (fake_option("slow") != NULL)
            usleep((useconds_t)fake_option_number("slow") * 1000u);
        if (command->number != number)
            refusal = "the command has another number";
        else if (command->kind == PB_COMMAND_ADD)
            refusal = add(command);
        else if (command->kind == PB_COMMAND_REMOVE)
            refusal = let_go(command);
        else if (command->kind == PB_COMMAND_MOVE)
            refusal = prepare_move(command);
        else if (command->kind == PB_COMMAND_QUIT)
            running = fake_option("stay") != NULL;
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
    if (argc < 9 || fake_option("exit") != NULL || !attach(&region, argv[1], argv[2])
        || !PB_FIND(&region, PB_ENGINE_ROLES, &roles) || !PB_FIND(&region, PB_ENGINE_BRIDGE_BELL, &bridge)
        || !PB_FIND(&region, PB_ENGINE_RT_BELL, &own) || !PB_FIND(&region, PB_ENGINE_COMMANDS, &commands)
        || !PB_FIND(&region, PB_ENGINE_ANSWERS, &answers) || !PB_FIND(&region, PB_ENGINE_COUNTERS, &engine_counters))
        return 3;
    fprintf(stderr, "fake rt: bundle %s, logs %s, %s %s\n", argv[5], argv[6], argv[7], argv[8]);
    if (fake_option("deaf") != NULL)
        for (;;)
            pause();
    cell = (pb_role *)pb_section_element(&roles, PB_ENGINE_ROLE_RT);
    cell->generation = (uint32_t)atoi(argv[4]);
    __atomic_store_n(&cell->pid, getpid(), __ATOMIC_RELEASE);
    if (fake_option("fail") != NULL) {
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
