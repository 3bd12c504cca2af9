// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Participant;
import dev.patchbay.control.automation.AutomationControl;
import dev.patchbay.control.automation.AutomationState;
import dev.patchbay.control.midi.MidiControl;
import dev.patchbay.control.midi.MidiMapState;
import dev.patchbay.control.preset.PresetSession;
import dev.patchbay.control.state.ControlState;
import java.io.IOException;
import java.util.Optional;

/** What an instance saves: the module's state, the presets in use, the MIDI map and automation, taken from the host and published for it. */
final class SavedState {
    private final Complaints complaints;
    private final StateExchange exchange;
    private final PresetSession presets;
    private final MidiControl midi;
    private final AutomationControl automation;
    private final ControlCounts counts;
    private boolean changed = true;
    private long due = System.nanoTime();

    SavedState(
            final Participant participant,
            final Complaints complaints,
            final PresetSession presets,
            final MidiControl midi,
            final AutomationControl automation,
            final ControlCounts counts) {
        this.complaints = complaints;
        this.exchange = new StateExchange(participant);
        this.presets = presets;
        this.midi = midi;
        this.automation = automation;
        this.counts = counts;
    }

    /** Whether the host has ever restored a state. */
    boolean anyRestored() {
        return exchange.anyRestored();
    }

    /** It would now be other bytes. */
    void changed() {
        changed = true;
    }

    /** Other code serves: what the code before could not read is offered to it. */
    void offerTo() {
        if (exchange.isBehind()) {
            exchange.again();
        } else {
            // Of code that was refused.
            complaints.over();
        }
        changed = true;
    }

    /** Takes what the host has restored, if it has. */
    void take(final LoadedModule module) {
        try {
            final Optional<byte[]> restored = exchange.take();
            if (restored.isPresent()) {
                load(module, AutomationState.decode(restored.get(), automation.capacity()));
                exchange.accept();
                complaints.over();
                changed = true;
            }
        } catch (final IOException | IllegalArgumentException e) {
            // The epoch stays behind: the bridge keeps what the host restored and does not replace
            // it by this module's.
            final String sentence =
                    "the state was not loaded, and is kept as it is: " + e.getMessage();
            complaints.tell(sentence);
        }
    }

    /** All parts or none. */
    private void load(final LoadedModule module, final AutomationState automated) {
        final MidiMapState mapped = MidiMapState.decode(automated.rest());
        final Runnable undo = automation.undo();
        automation.load(automated.automation());
        try {
            load(module, mapped);
        } catch (final IllegalArgumentException e) {
            undo.run();
            throw e;
        }
    }

    private void load(final LoadedModule module, final MidiMapState state) {
        final ControlState parts = ControlState.decode(state.rest());
        final byte[] before = presets.saveState();
        presets.loadState(parts.presets());
        try {
            module.loadState(parts.module(), parts.moduleVersion());
        } catch (final IllegalArgumentException e) {
            presets.loadState(before);
            throw e;
        }
        midi.load(state.map());
    }

    /** Publishes what has changed, if it is time to. */
    void publish(final LoadedModule module) {
        if (!changed || System.nanoTime() - due < 0) {
            return;
        }
        changed = false;
        final long began = System.nanoTime();
        final Optional<byte[]> own = module.saveState();
        if (own.isEmpty()) {
            return;
        }
        final ControlState parts =
                new ControlState(presets.saveState(), own.get(), module.stateVersion());
        final byte[] state = automation.save(new MidiMapState(midi.map(), parts.encode()).encode());
        try {
            if (exchange.publish(state)) {
                counts.count("states_published");
            }
        } catch (final IOException e) {
            System.err.println("patchbay control: the state was not published: " + e.getMessage());
        }
        // Half of the time is left for other things. Not for others: what was changed in between
        // would be lost in a kill.
        final long now = System.nanoTime();
        due = exchange.isLarge(state) ? now + (now - began) : now;
    }

    /** The same, whether it is time or not. */
    void publishAtOnce(final LoadedModule module) {
        due = System.nanoTime();
        publish(module);
    }
}
