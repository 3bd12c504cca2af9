/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PATCHBAY_FAKE_INSTANCE_H
#define PATCHBAY_FAKE_INSTANCE_H

#include <patchbay/standard.h>

#include <pthread.h>

/* An instance: its region, what its module holds, and the thread that serves it. */
typedef struct instance {
    int number;
    char id[33];
    pthread_t thread;
    pb_region region, target;
    uint32_t target_generation;
    pb_event_queue host_events;
    pb_ring host_event_data;
    pb_sysex_reader messages;
    pb_event_queue rt_events;
    pb_ring rt_log;
    pb_section rt_log_bytes;
    int64_t logged;
    pb_section bus_channels, rt_event_slots;
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

/* What PATCHBAY_FAKE says behind a word, "0" where it says no more, or NULL where the word is not there. */
const char *fake_option(const char *name);

/* The number behind a word, or -1. */
int fake_option_number(const char *name);

/* Finds what is needed in the region; 0 where something is missing. */
int fake_find_sections(instance *it);

/* Says in the engine's own region that its heap runs low. */
void fake_say_heap_is_low(void);

/* Where the instance tells of its engine. */
pb_role *fake_role(const instance *it);

/* A thread's work: answers the requests of an instance in their order until it is asked to quit. */
void *fake_serve(void *it);

#endif
