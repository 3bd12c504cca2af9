// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import java.nio.file.Path;

/**
 * How a soak plays.
 *
 * @param minutes how long
 * @param rate in Hz
 * @param frames of a block
 * @param fifo the priority of SCHED_FIFO that is asked for; 0 to ask for nothing
 * @param allocateMBps megabytes that the control process allocates each second
 * @param presetSeconds seconds between two presets; 0 for none
 * @param midi the Standard MIDI File, which is played again and again
 * @param plugin the bundle
 * @param host the headless host
 * @param folder where results and logs go
 */
public record SoakOptions(
        double minutes,
        int rate,
        int frames,
        int fifo,
        int allocateMBps,
        double presetSeconds,
        Path midi,
        Path plugin,
        Path host,
        Path folder) {
    double seconds() {
        return minutes * 60;
    }

    /** The time that a block's sound lasts, in microseconds. */
    public double periodMicros() {
        return frames * 1e6 / rate;
    }
}
