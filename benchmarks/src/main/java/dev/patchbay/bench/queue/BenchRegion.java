// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import java.util.Set;

/** The region of the queues that are measured, in one process or in two; the C contenders have its header. */
public final class BenchRegion {
    /** The first sender. */
    public static final Role SENDER = new Role("sender", 0);

    /** The second sender. */
    public static final Role SECOND = new Role("second", 1);

    /** Who receives, and sends answers. */
    public static final Role RECEIVER = new Role("receiver", 2);

    /** The 64-bit words of the control section. */
    public static final int CONTROL_WORDS = 256;

    /** The bytes of a ring with room for no fewer records than a queue has events. */
    static final int RING_BYTES = 1 << 16;

    /** The declaration. */
    public static final RegionDeclaration DECLARATION =
            RegionDeclaration.named("bench")
                    .array(
                            "control",
                            "what both sides tell each other",
                            SENDER,
                            FieldType.INT64,
                            CONTROL_WORDS)
                    .eventQueue("there", "events", SENDER, RECEIVER, Queue.CAPACITY)
                    .eventQueue("back", "answers", RECEIVER, SENDER, Queue.CAPACITY)
                    .sharedEventQueue(
                            "crowd",
                            "events of two senders",
                            Set.of(SENDER, SECOND),
                            RECEIVER,
                            Queue.CAPACITY)
                    .ring("ring_there", "records", SENDER, RECEIVER, RING_BYTES)
                    .ring("ring_back", "answers", RECEIVER, SENDER, RING_BYTES)
                    .build();

    private BenchRegion() {}
}
