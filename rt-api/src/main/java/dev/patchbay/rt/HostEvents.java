// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/**
 * Events that a module plays to the host, for plug-ins with an event output: an arpeggiator, a sequencer, a MIDI effect. They leave with
 * the block in which they are played, each on its frame; those of a block that the host has given up come with the next one, at its start.
 * From {@link RtModule#process} and {@link RtModule#handleEvent}; real-time safe. A method answers false where the host takes no more
 * at once: then nothing was played.
 */
public interface HostEvents {
    /**
     * Starts a note. Where this engine dies, the bridge ends it.
     *
     * @param frame the index in the channel arrays of {@link Block}
     * @param channel 0 to 15
     * @param key 0 to 127, 69 is A4
     * @param noteId the module's name for the note, or −1
     * @param velocity 0 to 1
     */
    boolean noteOn(int frame, int channel, int key, int noteId, double velocity);

    /**
     * Ends a note.
     *
     * @param frame the index in the channel arrays of {@link Block}
     * @param channel 0 to 15
     * @param key 0 to 127
     * @param noteId as it was started
     * @param velocity how hard the key is let go, 0 to 1
     */
    boolean noteOff(int frame, int channel, int key, int noteId, double velocity);

    /**
     * Changes the pressure on a key.
     *
     * @param frame the index in the channel arrays of {@link Block}
     * @param channel 0 to 15
     * @param key 0 to 127
     * @param noteId as it was started
     * @param pressure 0 to 1
     */
    boolean polyPressure(int frame, int channel, int key, int noteId, double pressure);

    /**
     * Changes a MIDI controller.
     *
     * @param frame the index in the channel arrays of {@link Block}
     * @param channel 0 to 15
     * @param controller 0 to 127
     * @param value 0 to 1
     */
    boolean controller(int frame, int channel, int controller, double value);

    /**
     * Changes the pressure of a channel.
     *
     * @param frame the index in the channel arrays of {@link Block}
     * @param channel 0 to 15
     * @param pressure 0 to 1
     */
    boolean channelPressure(int frame, int channel, double pressure);

    /**
     * Moves the pitch wheel.
     *
     * @param frame the index in the channel arrays of {@link Block}
     * @param channel 0 to 15
     * @param bend −1 to 1
     */
    boolean pitchBend(int frame, int channel, double bend);
}
