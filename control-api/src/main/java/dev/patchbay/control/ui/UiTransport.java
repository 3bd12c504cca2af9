// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

/**
 * Where the host is in its song.
 *
 * @param playing whether it plays
 * @param tempo quarter notes per minute
 * @param numerator of the time signature
 * @param denominator of the time signature
 * @param quarters the position in quarter notes
 * @param samples the position in samples
 * @param sampleRate in Hz; 0 before the host has played
 */
public record UiTransport(
        boolean playing,
        double tempo,
        int numerator,
        int denominator,
        double quarters,
        long samples,
        double sampleRate) {
    /** Before the host has told anything. */
    static final UiTransport NONE = new UiTransport(false, 0, 0, 0, 0, 0, 0);
}
