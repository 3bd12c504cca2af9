// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

/**
 * A voice that sounds.
 *
 * @param index its number, from 0
 * @param stage one of the stages of {@link dev.patchbay.layout.VoiceStateDescriptor}, never {@code FREE}
 * @param held whether its key is down, or held by the pedal
 * @param key 0 to 127; 69 is A4
 * @param velocity 0 to 127
 * @param channel 0 to 15
 * @param level as the module sets it, falling by 20 dB in 300 ms; linear
 */
public record UiVoice(
        int index, int stage, boolean held, int key, int velocity, int channel, float level) {}
