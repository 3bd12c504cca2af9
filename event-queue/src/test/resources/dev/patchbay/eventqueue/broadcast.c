/* SPDX-License-Identifier: Apache-2.0 */
/* The C side of BroadcastInteropTest: a writer and two readers of the region "post_office", one command a line, one answer each. */
#include "post_office.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>

static void answer(const pb_section *news, pb_broadcast_reader *reader)
{
    pb_postoffice_reading message;
    memset(&message, 0, sizeof message);
    switch (pb_postoffice_news_read(news, reader, &message)) {
    case PB_BROADCAST_NOTHING:
        printf("nothing at %" PRIu64 "\n", reader->position);
        break;
    case PB_BROADCAST_OVERRUN:
        printf("lost %" PRIu64 " at %" PRIu64 "\n", reader->lost, reader->position);
        break;
    case PB_BROADCAST_MESSAGE:
        printf("%" PRId64 " %.17g %d at %" PRIu64 "\n", message.nanos, message.place.y, message.flags, reader->position);
        break;
    }
}

int main(int argc, char **argv)
{
    pb_region region;
    pb_section news;
    pb_broadcast_reader readers[2];
    char command;
    int64_t argument;
    if (argc != 2 || !pb_region_attach(&region, open(argv[1], O_RDWR)) || !pb_postoffice_news_find(&region, &news))
        return 2;
    memset(readers, 0, sizeof readers);
    while (scanf(" %c %" SCNd64, &command, &argument) == 2) {
        if (command == 'w') {
            pb_postoffice_reading message;
            memset(&message, 0, sizeof message);
            message.nanos = argument;
            message.place.y = (double)argument / 2;
            message.flags = (int32_t)-argument;
            pb_postoffice_news_write(&news, &message);
            printf("wrote\n");
        } else {
            pb_broadcast_reader *reader = &readers[argument & 1];
            if (command == 'o')
                pb_broadcast_seek_oldest(&news, reader);
            if (command == 'n')
                pb_broadcast_seek_newest(&news, reader);
            if (command == 'e')
                pb_broadcast_seek_end(&news, reader);
            answer(&news, reader);
        }
        fflush(stdout);
    }
    pb_region_detach(&region);
    return 0;
}
