// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo plays, and how.
 *
 * @param midi the Standard MIDI File
 * @param wav where the sound goes; null for nowhere
 * @param folder where everything else goes
 * @param plugin the bundle
 * @param host the headless host
 * @param offline whether to render at full speed instead of in real time
 * @param seconds how long, if not as long as the file lasts
 * @param block frames of a block
 * @param rate in Hz
 * @param allocateMBps megabytes, of 10<sup>6</sup> bytes, that control allocates each second; 0 for no load
 * @param presetSeconds seconds between two presets; 0 for none
 * @param diagnosis what the run is looked into with
 * @param fifo the priority of SCHED_FIFO that the host asks for its audio thread; 0 to ask for nothing
 * @param traceBlocks for how many blocks the engine notes what each cost; 0 for none
 */
public record DemoOptions(
        Path midi,
        Path wav,
        Path folder,
        Path plugin,
        Path host,
        boolean offline,
        Optional<Double> seconds,
        int block,
        int rate,
        int allocateMBps,
        double presetSeconds,
        Diagnosis diagnosis,
        int fifo,
        long traceBlocks) {

    /** Without a priority and a trace. */
    public DemoOptions(
            final Path midi,
            final Path wav,
            final Path folder,
            final Path plugin,
            final Path host,
            final boolean offline,
            final Optional<Double> seconds,
            final int block,
            final int rate,
            final int allocateMBps,
            final double presetSeconds,
            final Diagnosis diagnosis) {
        this(
                midi,
                wav,
                folder,
                plugin,
                host,
                offline,
                seconds,
                block,
                rate,
                allocateMBps,
                presetSeconds,
                diagnosis,
                0,
                0);
    }

    /** Where the bridge lets the processes write their logs. */
    public Path logs() {
        return folder.toAbsolutePath().resolve("logs");
    }

    /** What control reads from its environment. */
    String controlOptions() {
        return "allocate=" + allocateMBps + ",preset-every=" + presetSeconds;
    }
}
