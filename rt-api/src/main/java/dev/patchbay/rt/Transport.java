// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/** Where the host is in its song, as of the start of the host's block. All methods are real-time safe. */
public interface Transport {
    /** Whether the host plays. */
    boolean playing();

    /** Quarter notes per minute; 120 where the host does not say. */
    double tempo();

    /** The position in samples at the host's rate. */
    long positionSamples();

    /** The position in quarter notes; 0 where the host does not say. */
    double positionQuarters();

    /** The time signature's upper number; 4 where the host does not say. */
    int signatureNumerator();

    /** The time signature's lower number; 4 where the host does not say. */
    int signatureDenominator();
}
