/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

#include <math.h>

typedef struct writer {
    pb_meter_writer writer;
    pb_meter_sums sums[2];
} writer;
typedef struct reader {
    pb_meter_reader reader;
    pb_meter_reading readings[1];
} reader;

/* A writer begins, at a rate of so many Hz. */
OPERATION(write)
{
    pb_section meters = model_section();
    pb_meter_writer_init(&((writer *)self)->writer, &meters, ((writer *)self)->sums, (double)a[0]);
    return 0;
}

/* One frame with this sample, and a level that is no number. */
OPERATION(add)
{
    const float sample = (float)a[0];
    const float *channels[1];
    channels[0] = &sample;
    pb_meter_writer_set_level(&((writer *)self)->writer, 0, (float)NAN);
    pb_meter_writer_add_block(&((writer *)self)->writer, channels, 1, 0, 1);
    return 0;
}

/* Whether anything beyond the meter is changed by it. */
OPERATION(level)
{
    writer *w = (writer *)self;
    pb_meter_writer_set_level(&w->writer, (uint32_t)a[0], (float)a[1]);
    return w->sums[1].peak != 0 || w->sums[1].level != 0;
}
OPERATION(advance)
{
    pb_meter_writer_advance(&((writer *)self)->writer, (uint32_t)a[0]);
    return 0;
}

/* A reader begins. */
OPERATION(read)
{
    pb_section meters = model_section();
    (void)a;
    pb_meter_reader_init(&((reader *)self)->reader, &meters, ((reader *)self)->readings);
    return 0;
}

/* How many windows were gathered. */
OPERATION(poll)
{
    (void)a;
    return pb_meter_reader_poll(&((reader *)self)->reader);
}
OPERATION(seen)
{
    (void)a;
    return (int64_t)((reader *)self)->reader.seen;
}
OPERATION(missed)
{
    (void)a;
    return (int64_t)((reader *)self)->reader.missed;
}
OPERATION(peak)
{
    (void)a;
    return (int64_t)((reader *)self)->readings[0].peak;
}
OPERATION(mean_square)
{
    (void)a;
    return (int64_t)((reader *)self)->readings[0].mean_square;
}
OPERATION(clips)
{
    (void)a;
    return ((reader *)self)->readings[0].total_clips;
}
OPERATION(not_finite)
{
    (void)a;
    return ((reader *)self)->readings[0].total_not_finite;
}
