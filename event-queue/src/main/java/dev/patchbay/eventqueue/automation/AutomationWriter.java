// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.automation;

import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.layout.SectionEntry;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;

/** Publishes the compiled automation: control's side of the section. One writer; not for audio threads. */
public final class AutomationWriter {
    private final AtomicBuffer buffer;
    private final TripleBuffer triple;
    private final int capacity;

    /**
     * The writer's side of a section. What was published last stays until the next publication, also where a process before this one
     * published it.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param section the directory's entry of the automation
     */
    public AutomationWriter(final AtomicBuffer buffer, final SectionEntry section) {
        this.buffer = buffer;
        this.triple = TripleBuffer.over(buffer, section);
        this.capacity = section.count();
    }

    /** {@return the most lanes and points together} */
    public int capacity() {
        return capacity - 1;
    }

    /**
     * Replaces all lanes: the engine plays the whole new ones from its next block on.
     *
     * @param lanes each of another parameter; together with their points at most {@link #capacity()}
     * @throws IllegalArgumentException if there are too many, a value is out of its range, or a parameter has two lanes; what was
     *     published last stays then
     */
    public void publish(final List<LaneEntry> lanes) {
        check(lanes);
        final int head = triple.writerOffset();
        buffer.putInt(head + AutomationTable.COUNT, lanes.size());
        int first = 1 + lanes.size();
        for (int i = 0; i < lanes.size(); i++) {
            final LaneEntry lane = lanes.get(i);
            final int at = head + (1 + i) * AutomationTable.STRIDE;
            buffer.putDouble(at + AutomationTable.TIME, lane.loop());
            buffer.putInt(at + AutomationTable.KIND, lane.base().code());
            buffer.putInt(at + AutomationTable.PARAMETER, lane.parameter());
            buffer.putInt(at + AutomationTable.FIRST, first);
            buffer.putInt(at + AutomationTable.COUNT, lane.points().size());
            for (final PointEntry point : lane.points()) {
                write(head + first * AutomationTable.STRIDE, point);
                first++;
            }
        }
        triple.publish();
    }

    private void write(final int at, final PointEntry point) {
        buffer.putDouble(at + AutomationTable.TIME, point.time());
        buffer.putFloat(at + AutomationTable.VALUE, point.value());
        buffer.putFloat(at + AutomationTable.CURVE, point.curve());
        buffer.putInt(at + AutomationTable.KIND, point.shape().code());
    }

    private void check(final List<LaneEntry> lanes) {
        long needed = lanes.size();
        for (int i = 0; i < lanes.size(); i++) {
            final LaneEntry lane = lanes.get(i);
            needed += lane.points().size();
            if (!lane.isValid()) {
                throw new IllegalArgumentException(
                        "The lane of parameter "
                                + lane.parameter()
                                + " is out of its range, or its points are not in the order of"
                                + " their times; the last automation stays in use.");
            }
            for (int k = 0; k < i; k++) {
                if (lanes.get(k).parameter() == lane.parameter()) {
                    throw new IllegalArgumentException(
                            "The parameter "
                                    + lane.parameter()
                                    + " has two lanes; the last automation stays in use.");
                }
            }
        }
        if (needed > capacity()) {
            throw new IllegalArgumentException(
                    "The automation has "
                            + needed
                            + " lanes and points, but the region has room for "
                            + capacity()
                            + "; the last automation stays in use. Declare more in build.yaml:"
                            + " automation: points.");
        }
    }
}
