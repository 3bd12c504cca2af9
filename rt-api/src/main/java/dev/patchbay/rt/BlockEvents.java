// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;

/**
 * The events and parameter changes of a block, in the order of their frames; those of one frame in the order in which they were
 * sent. An iteration allocates nothing:
 *
 * <pre>
 * for (int i = 0; i &lt; events.count(); i++) {
 *     Event event = events.get(i);
 *     renderUpTo(event.sampleOffset());
 *     switch (event.type()) { ... }
 * }
 * </pre>
 *
 * <p>Each is {@linkplain Event#isValid() valid}, and its {@link Event#sampleOffset()} is a frame of the block, or 0 where the block has
 * none. A parameter change has the type {@link dev.patchbay.eventqueue.EventType#PARAMETER}: {@link Event#parameterIndex()} says of
 * which parameter, {@link ParameterValues#toPlain} turns {@link Event#normalized()} into its unit, and the value holds from its
 * frame on and in the next block. All methods are real-time safe.
 */
public interface BlockEvents {
    /** {@return how many there are} */
    int count();

    /**
     * {@return an event} One view is moved from event to event: the next call changes what was returned before.
     *
     * @param index 0 to {@link #count()} − 1
     */
    Event get(int index);
}
