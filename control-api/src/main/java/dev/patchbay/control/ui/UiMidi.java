// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.midi.MidiMap;
import java.util.List;

/**
 * The MIDI map.
 *
 * @param map which controllers move which parameters
 * @param learning the index of the parameter that waits for a controller; −1 for none
 * @param conflicts see {@link MidiMap#conflicts}
 */
public record UiMidi(MidiMap map, int learning, List<String> conflicts) {}
