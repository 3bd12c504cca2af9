// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.atomics.Participant;
import dev.patchbay.control.parameter.EngineParameters;
import dev.patchbay.layout.StandardRegion;

/** The engine's parameters in the region: what it plays, and control's way to change it. */
final class RegionParameters implements EngineParameters {
    private static final int BLOCKS =
            StandardRegion.prebuilt().section(StandardRegion.RT_COUNTERS).indexOf("blocks");

    private final FloatCells values;
    private final ParameterChangesWriter changes;
    private final Counters engineCounters;

    RegionParameters(final Participant participant) {
        this.values =
                FloatCells.over(
                        participant.buffer(), participant.section(StandardRegion.PARAMETERS));
        this.changes =
                new ParameterChangesWriter(
                        participant.buffer(),
                        participant.section(StandardRegion.PARAMETERS_FROM_CONTROL));
        this.engineCounters =
                Counters.over(
                        participant.buffer(), participant.section(StandardRegion.RT_COUNTERS));
    }

    @Override
    public float playing(final int index) {
        return values.getAcquire(index);
    }

    @Override
    public void set(final int index, final float normalized) {
        changes.set(index, normalized);
    }

    @Override
    public void publish() {
        changes.publish();
    }

    @Override
    public long blocks() {
        return engineCounters.getAcquire(BLOCKS);
    }
}
