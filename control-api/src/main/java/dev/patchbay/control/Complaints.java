// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Participant;
import dev.patchbay.control.uistate.UiStateProcess;

/**
 * What is wrong with an instance of control, as one sentence in the region, where {@code inspect}, the panel and the plug-in's view find it,
 * and in the log. The newest shows; when that is over, what lasts until the process ends. Any thread.
 */
final class Complaints implements UiStateProcess.Complaints {
    private final Participant participant;
    private volatile String lasting = "";

    Complaints(final Participant participant) {
        this.participant = participant;
    }

    /** Tells what may be over later. */
    @Override
    public void tell(final String sentence) {
        participant.role().message(sentence);
        System.err.println("patchbay control: " + sentence);
    }

    /** Tells what stays wrong. */
    @Override
    public void tellForGood(final String sentence) {
        lasting = sentence;
        tell(sentence);
    }

    /** What was told last is over. */
    @Override
    public void over() {
        participant.role().message(lasting);
    }
}
