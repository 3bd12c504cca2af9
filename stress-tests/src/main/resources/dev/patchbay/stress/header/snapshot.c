/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

OPERATION(write)
{
    pb_section snapshot = model_section();
    int64_t words[2];
    (void)self;
    words[0] = a[0];
    words[1] = -a[0];
    pb_snapshot_write(&snapshot, words);
    return 0;
}

/* The number in a whole copy; 0 where there is none. */
OPERATION(read)
{
    pb_section snapshot = model_section();
    int64_t words[2];
    (void)self;
    if (!pb_snapshot_read(&snapshot, words, (int)a[0]))
        return 0;
    model_expect(words[0] == -words[1], "a copy is whole");
    return words[0];
}
