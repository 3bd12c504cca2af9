/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in for the control process: it takes the state that the host restored and publishes it again with " seen"
 * behind it, until the bridge leaves. PATCHBAY_FAKE may say "control-stays" or "control-fails". Where it is to listen for a
 * debugger it says so as a JVM does, at a port that tells its generation. Other options are left aside.
 */
#define _GNU_SOURCE
#include <patchbay/standard.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

static int asked(const char *word)
{
    const char *all = getenv("PATCHBAY_FAKE");
    return all != NULL && strstr(all, word) != NULL;
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
    int options = argc > 5 && argv[1][0] == '-';
    argv += options;
    argc -= options;
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
        if (length >= 0 && sequence != loaded) {
            loaded = sequence;
            int seen = length >= 5 && memcmp(room + length - 5, " seen", 5) == 0;
            if (!seen && (uint64_t)length + 5u <= from_control.count) {
                memcpy(room + length, " seen", 5);
                length += 5;
            }
            pb_blob_write(&from_control, room, (uint64_t)length, epoch);
        }
        usleep(1000);
    }
    pb_role_cell_state(own, PB_ROLE_STATE_LEAVING);
    return 0;
}
