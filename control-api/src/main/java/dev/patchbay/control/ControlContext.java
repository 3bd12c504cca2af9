// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.control.midi.MidiControl;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.preset.PresetSession;
import dev.patchbay.control.ui.Ui;
import dev.patchbay.layout.Parameter;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ControlModule} may know and do. Not thread-safe: for the module's own thread, but for {@link #execute}. After the module was
 * closed all of it throws an {@link IllegalStateException}.
 */
public interface ControlContext {
    /** The declared parameters, in the order of their indices. */
    List<Parameter> parameters();

    /**
     * The value that the sound engine plays now, normalized.
     *
     * @param index the parameter's place in the declaration
     */
    float value(int index);

    /**
     * The parameters with their exact values, groups and texts, the writers that change them, and listeners of their changes and
     * gestures.
     */
    ParameterRegistry registry();

    /** Which MIDI controllers move which parameters, and learning. It is saved with the plug-in's state. */
    MidiControl midi();

    /**
     * Changes parameters in one step: the sound engine plays either none or all of the changes, from its next block on.
     * The host is told of them by the bridge.
     *
     * @param normalizedByIndex the new normalized values, 0 to 1, by parameter index
     * @throws IllegalArgumentException if an index is unknown or a value is not in 0…1; nothing is changed then
     */
    void change(Map<Integer, Double> normalizedByIndex);

    /**
     * The presets: what there is, what is loaded, and the two slots. It knows of every change of a parameter before the module does,
     * and is saved and loaded with the plug-in's state, beside the module's own.
     */
    PresetSession presets();

    /** What user interfaces are shown, and their way to change things. It may be handed to any thread. */
    Ui ui();

    /**
     * Says that {@link ControlModule#saveState} would now give other bytes. What is saved is published for the host when the method that the
     * process has called returns.
     */
    void stateChanged();

    /**
     * Has work done on the module's thread, where all the rest of this interface may be used: the way back from threads of the module's own. Any
     * thread; does not wait. Work is done in the order in which it came, and its changes of the state are published before the next begins.
     *
     * @param work what it throws is logged
     */
    void execute(Runnable work);
}
