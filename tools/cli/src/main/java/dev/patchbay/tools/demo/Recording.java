// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.realtime.BlockTrace;
import dev.patchbay.tools.report.Wave;
import java.util.List;

/**
 * All that was seen of one run, not yet judged.
 *
 * @param options what was asked for
 * @param host what the host measured
 * @param samples what the region showed while it ran, by time
 * @param region the region as it was left
 * @param rtLog the log of the RT JVM
 * @param controlLog the log of the control JVM
 * @param wave the sound, or null where none was kept
 * @param machine what it ran on
 * @param trace what each block cost, or null where the engine was not asked
 */
public record Recording(
        DemoOptions options,
        HostReport host,
        List<Sample> samples,
        RegionView region,
        JvmLog rtLog,
        JvmLog controlLog,
        Wave wave,
        Machine machine,
        BlockTrace trace) {

    /** When the first block was asked for. */
    public long startNanos() {
        return host.blockStartNanos()[0];
    }

    /** When the last block was asked for. */
    public long endNanos() {
        final long[] starts = host.blockStartNanos();
        return starts[starts.length - 1];
    }

    /** When the RT process had compiled what it runs. */
    public long warmNanos() {
        return region.counter(StandardRegion.RT_COUNTERS, "warm_at_nanos");
    }

    /** The collector of a role's process, as its JVM names it. */
    public String collector(final Role role) {
        return region.participant(role).collector();
    }
}
