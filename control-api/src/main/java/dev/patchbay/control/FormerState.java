// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.control.midi.MidiMap;
import java.util.Optional;

/**
 * What an instance's state was before other code was to take a module's place: the next module is given it, and where that one is refused, all
 * that it may have changed is as it was. It holds nothing of the former code.
 */
final class FormerState {
    private final ModuleContext context;
    private final byte[] own;
    private final int version;
    private final byte[] presets;
    private final MidiMap map;
    private final Runnable undoAutomation;

    /** The thread of the module that serves. */
    FormerState(final ModuleContext context, final LoadedModule module) {
        this.context = context;
        this.own = module.saveState().orElse(null);
        this.version = module.stateVersion();
        this.presets = context.presets().saveState();
        this.map = context.midi().map();
        this.undoAutomation = context.automation().undo();
    }

    /** Why no other module can be given it. */
    Optional<String> problem() {
        return own == null
                ? Optional.of("the state of the former code cannot be saved")
                : Optional.empty();
    }

    /**
     * Gives the next module what the former one has saved. That one's thread.
     *
     * @throws IllegalArgumentException with a sentence, if it cannot take it
     */
    void giveTo(final LoadedModule next) {
        next.loadState(own, version);
    }

    /** The next one was refused. The thread of the module that serves. */
    void restore() {
        context.presets().loadState(presets);
        if (!context.midi().map().equals(map)) {
            context.midi().load(map);
        }
        undoAutomation.run();
        context.stateChanged();
    }
}
