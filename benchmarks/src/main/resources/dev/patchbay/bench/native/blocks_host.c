/* SPDX-License-Identifier: Apache-2.0 */
/* A host with the bridge's side of a region: asks an engine, in whatever language, for blocks and measures how long they take. */
#include "blocks_bridge.h"

static void exchange(void *context, const block_sound *in, block_sound *out)
{
    block_exchange((block_bridge *)context, in, out);
}

int main(int count, char **words)
{
    static block_bridge bridge;
    const bench_arguments arguments = bench_parse(count, words);
    bench_receipt receipt;
    if (arguments.region == NULL)
        bench_fail("no region");
    bench_pin(arguments.first);
    block_connect(&bridge, arguments.region);
    bridge.sleeps = 1;
    block_activate(&bridge);
    bridge.sleeps = block_sleeps(&arguments);
    block_play(&arguments, bridge.sleeps, &bridge, exchange, &receipt);
    bridge.sleeps = 1;
    block_quit(&bridge);
    bench_print(&receipt);
    return 0;
}
