// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

import dev.patchbay.bench.queue.Checker;
import dev.patchbay.bench.queue.Receiver;
import dev.patchbay.bench.queue.Sender;

/** Sends each message back that comes, until it is told to stop. {@code bench_echo} in bench.h. */
final class Echoing {
    private static final int LOOKS = 1024;

    private final Control control;
    private final Receiver receiver;
    private final Checker checker;
    private final Sender sender;

    Echoing(
            final Control control,
            final Receiver receiver,
            final Checker checker,
            final Sender sender) {
        this.control = control;
        this.receiver = receiver;
        this.checker = checker;
        this.sender = sender;
    }

    void run() {
        while (control.get(Control.STOP) == 0) {
            look();
        }
        control.set(Control.REFUSED, Pinging.ECHO, checker.faults());
        control.set(Control.SENT, Pinging.ECHO, checker.received() + 1);
    }

    private void look() {
        for (int i = 0; i < LOOKS; i++) {
            if (receiver.receive(1) > 0 && !sender.send(checker.received() - 1)) {
                throw new IllegalStateException("an empty queue refused an echo");
            }
        }
    }
}
