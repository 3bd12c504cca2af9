/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in for the control process: it takes the state that the host restored and publishes it again with " seen"
 * behind it, until the bridge leaves; what has no room in the region travels through the bridge's memories, as StateReference in
 * Java says. With "control-counts" it publishes numbers instead, one after the other, and says in the heartbeat of its role
 * which one is published. PATCHBAY_FAKE may say "control-stays" or "control-fails". Where it is to listen for a
 * debugger it says so as a JVM does, at a port that tells its generation. Other options are left aside.
 */
#define _GNU_SOURCE
#include <patchbay/standard.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

static int asked(const char *word)
{
    const char *all = getenv("PATCHBAY_FAKE");
    return all != NULL && strstr(all, word) != NULL;
}

/* Opens the memory of the process pid whose name begins like this and ends with the region's id. */
static int open_memory(const char *pid, const char *name, const char *id)
{
    char folder[64], path[512], link[512], wanted[512];
    struct dirent *entry;
    int fd = -1;
    DIR *all;
    snprintf(folder, sizeof folder, "/proc/%s/fd", pid);
    snprintf(wanted, sizeof wanted, "/memfd:%s%s (deleted)", name, id);
    all = opendir(folder);
    while (all != NULL && fd < 0 && (entry = readdir(all)) != NULL) {
        ssize_t length;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        length = readlink(path, link, sizeof link - 1);
        link[length > 0 ? length : 0] = 0;
        if (strcmp(link, wanted) == 0)
            fd = open(path, O_RDWR | O_CLOEXEC);
    }
    if (all != NULL)
        closedir(all);
    return fd;
}

/* The state that stands in room, or that a reference there leads to; to be freed. */
static uint8_t *resolve(const uint8_t *room, int64_t *length, char **argv)
{
    uint32_t magic = PB_STATE_REFERENCE_MAGIC;
    uint64_t place[2];
    uint8_t *state;
    if (*length != PB_STATE_REFERENCE_BYTES || memcmp(room, &magic, sizeof magic) != 0) {
        state = (uint8_t *)malloc((size_t)*length + 8u);
        memcpy(state, room, (size_t)*length);
        return state;
    }
    memcpy(place, room + 8, sizeof place);
    state = (uint8_t *)malloc(place[1] + 8u);
    if (pread(open_memory(argv[3], "patchbay_state_to_control-", argv[2]), state, place[1], (off_t)place[0])
        != (ssize_t)place[1])
        exit(4);
    *length = (int64_t)place[1];
    return state;
}

static void publish(const pb_section *blob, const uint8_t *state, int64_t length, uint64_t epoch, char **argv)
{
    static int memory = -1;
    static int64_t end = 0;
    uint8_t reference[PB_STATE_REFERENCE_BYTES];
    uint32_t head[2] = {PB_STATE_REFERENCE_MAGIC, PB_STATE_REFERENCE_VERSION};
    int alike = length >= 4 && memcmp(state, head, sizeof head[0]) == 0;
    if (!alike && pb_blob_write(blob, state, (uint64_t)length, epoch))
        return;
    if (memory < 0)
        memory = open_memory(argv[3], "patchbay_state_from_control-", argv[2]);
    /* Never where anything has been: few states are published in a test. */
    if (pwrite(memory, state, (size_t)length, (off_t)end) != (ssize_t)length)
        exit(5);
    memcpy(reference, head, sizeof head);
    memcpy(reference + 8, &end, sizeof end);
    memcpy(reference + 16, &length, sizeof length);
    pb_blob_write(blob, reference, sizeof reference, epoch);
    end += length;
}

/* Numbers from the one that was restored on, each published before the next is made. */
static void count(const pb_section *blob, const uint8_t *state, int64_t length, uint64_t epoch, pb_role *own)
{
    static uint64_t number;
    if (state != NULL && length == sizeof number)
        memcpy(&number, state, sizeof number);
    number++;
    pb_blob_write(blob, &number, sizeof number, epoch);
    __atomic_store_n(&own->heartbeat_nanos, number, __ATOMIC_RELEASE);
}

int main(int argc, char **argv)
{
    pb_region region;
    pb_section roles, to_control, from_control;
    uint64_t loaded = 0, sequence = 0, epoch = 0;
    pb_role *own;
    uint8_t *room;
    int fd;
    int listens = argc > 5 && strncmp(argv[1], "-agentlib:jdwp=", 15) == 0;
    while (argc > 5 && argv[1][0] == '-') {
        argv++;
        argc--;
    }
    if (listens) {
        printf("Listening for transport dt_socket at address: %d\n", 38150 + atoi(argv[4]));
        fflush(stdout);
    }
    if (argc < 5 || (fd = open(argv[1], O_RDWR | O_CLOEXEC)) < 0 || !pb_region_attach(&region, fd)
        || !PB_FIND(&region, PB_STANDARD_ROLES, &roles) || !PB_FIND(&region, PB_STANDARD_STATE_TO_CONTROL, &to_control)
        || !PB_FIND(&region, PB_STANDARD_STATE_FROM_CONTROL, &from_control))
        return 3;
    room = (uint8_t *)malloc(to_control.count + 16u);
    own = (pb_role *)pb_section_element(&roles, PB_STANDARD_ROLE_CONTROL);
    own->generation = (uint32_t)atoi(argv[4]);
    __atomic_store_n(&own->pid, getpid(), __ATOMIC_RELEASE);
    if (asked("control-fails")) {
        pb_role_cell_message(own, "no preset found.");
        pb_role_cell_state(own, PB_ROLE_STATE_FAILED);
        return 1;
    }
    pb_role_cell_state(own, PB_ROLE_STATE_READY);
    while (asked("control-stays")
           || __atomic_load_n(&((pb_role *)pb_section_element(&roles, PB_STANDARD_ROLE_BRIDGE))->state, __ATOMIC_ACQUIRE)
               != PB_ROLE_STATE_LEAVING) {
        int64_t length = pb_blob_read(&to_control, room, &sequence, &epoch);
        if (asked("control-counts")) {
            count(&from_control, sequence != loaded ? room : NULL, length, epoch, own);
            loaded = sequence;
            usleep(20);
            continue;
        }
        if (length >= 0 && sequence != loaded) {
            uint8_t *state = resolve(room, &length, argv);
            loaded = sequence;
            if (length < 5 || memcmp(state + length - 5, " seen", 5) != 0) {
                memcpy(state + length, " seen", 5);
                length += 5;
            }
            publish(&from_control, state, length, epoch, argv);
            free(state);
        }
        usleep(1000);
    }
    pb_role_cell_state(own, PB_ROLE_STATE_LEAVING);
    return 0;
}
