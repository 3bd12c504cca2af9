/* SPDX-License-Identifier: Apache-2.0 */
/* A host at the pace of a sound card: asks an engine for a block of a held chord every 64 frames at 48 kHz, as a thread of real-time
   priority where that is granted, and writes down when each block was due, begun and there. */
#include "blocks_bridge.h"

#include <math.h>
#include <sys/syscall.h>

#define PERIOD ((int64_t)(BLOCK_FRAMES * 1e9 / BLOCK_RATE))

/* The engine learns of the host's priority within 100 ms; its load and its collector get to their pace. */
#define SETTLING_BLOCKS 225

/* What is written down of a block: BlockTimes in Java. */
typedef struct block_times {
    int64_t due, begun, there;
} block_times;

static void hold_chord(block_bridge *bridge, int voices)
{
    int i;
    for (i = 0; i < voices; i++) {
        pb_event note;
        memset(&note, 0, sizeof note);
        note.type = PB_EVENT_NOTE_ON;
        note.channel = (int16_t)(i % 8);
        note.note_id = i;
        note.index = 36 + i * 3 % 60;
        note.value = 0.8;
        if (!pb_event_queue_offer(&bridge->host_events, &note))
            bench_fail("there is no room for %d notes", voices);
    }
}

/* Makes this thread one of real-time priority and has the engine follow; 0 where that is not granted. */
static int hurry(const block_bridge *bridge, int priority)
{
    struct sched_param wanted;
    pb_standard_audio_thread thread;
    memset(&wanted, 0, sizeof wanted);
    memset(&thread, 0, sizeof thread);
    wanted.sched_priority = priority;
    thread.thread = (int32_t)syscall(SYS_gettid);
    if (pthread_setschedparam(pthread_self(), SCHED_FIFO, &wanted) == 0) {
        thread.policy = SCHED_FIFO;
        thread.priority = priority;
    }
    pb_snapshot_write(&bridge->audio_thread, &thread);
    return thread.policy == SCHED_FIFO;
}

/* A held chord is never silent, and never more than full scale. */
static int is_wrong(const block_sound *sound)
{
    float peak = 0;
    int c, i;
    for (c = 0; c < BLOCK_CHANNELS; c++)
        for (i = 0; i < BLOCK_FRAMES; i++) {
            if (!(fabsf(sound->channel[c][i]) <= 1.5f))
                return 1;
            peak = fmaxf(peak, fabsf(sound->channel[c][i]));
        }
    return peak < 1e-4f;
}

int main(int count, char **words)
{
    static block_bridge bridge;
    const bench_arguments arguments = bench_parse(count, words);
    bench_receipt receipt;
    block_sound out;
    block_times *times;
    int64_t begin, due, blocks, number = 0;
    int granted;
    uint32_t c;
    FILE *file;
    if (count < 11)
        bench_fail("usage: %s WHAT WARM_MS MEASURE_MS PROCESSOR PROCESSOR REGION BLOCKS PRIORITY VOICES FILE", words[0]);
    memset(&receipt, 0, sizeof receipt);
    blocks = strtoll(words[7], NULL, 10);
    times = (block_times *)bench_memory((size_t)blocks * sizeof *times);
    block_connect(&bridge, arguments.region);
    bridge.sleeps = 1;
    block_activate(&bridge);
    hold_chord(&bridge, atoi(words[9]));
    begin = bench_nanos();
    do {
        block_ask(&bridge, PB_REQUEST_PROCESS, BLOCK_FRAMES, 0);
        receipt.sent++;
    } while (bench_nanos() - begin < arguments.warm);
    granted = hurry(&bridge, atoi(words[8]));
    due = bench_nanos();
    for (number = -SETTLING_BLOCKS; number < blocks; number++) {
        block_times time;
        due += PERIOD;
        /* Late or not: the sound card does not wait. */
        block_sleep_until(due);
        time.due = due;
        time.begun = bench_nanos();
        block_ask(&bridge, PB_REQUEST_PROCESS, BLOCK_FRAMES, 0);
        for (c = 0; c < BLOCK_CHANNELS; c++)
            memcpy(out.channel[c], block_channel(&bridge, bridge.number, c), sizeof out.channel[c]);
        time.there = bench_nanos();
        receipt.faults += is_wrong(&out);
        receipt.sent++;
        if (number >= 0)
            times[number] = time;
    }
    block_quit(&bridge);
    file = fopen(words[10], "wb");
    if (file == NULL || fwrite(times, sizeof *times, (size_t)blocks, file) != (size_t)blocks || fclose(file) != 0)
        bench_fail("%s cannot be written", words[10]);
    receipt.received = receipt.sent;
    receipt.sum = receipt.refused = -1;
    receipt.producers = 1;
    receipt.value = (double)blocks;
    snprintf(receipt.details, sizeof receipt.details, "\"real-time priority\":%d", granted);
    bench_print(&receipt);
    return 0;
}
