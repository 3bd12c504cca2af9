/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

/* So many bytes, each the number of the state, which has the epoch 100 more. */
OPERATION(write)
{
    pb_section blob = model_section();
    uint8_t bytes[32];
    (void)self;
    memset(bytes, (int)a[0], sizeof bytes);
    return pb_blob_write(&blob, bytes, (uint64_t)a[1], (uint64_t)a[0] + 100u);
}

/* The number and the length of the state that was read: its number times 100 and its length. */
OPERATION(read)
{
    pb_section blob = model_section();
    uint8_t bytes[32];
    uint64_t sequence = 0, epoch = 0;
    int64_t i, length = pb_blob_read(&blob, bytes, &sequence, &epoch);
    UNUSED;
    if (length < 0)
        return length;
    model_expect(epoch == sequence + 100u, "the epoch is that of the bytes");
    for (i = 0; i < length; i++)
        model_expect(bytes[i] == sequence, "the bytes are whole");
    return (int64_t)sequence * 100 + length;
}
