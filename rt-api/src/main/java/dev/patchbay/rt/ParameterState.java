// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.FloatCells;
import dev.patchbay.layout.Parameter;
import java.util.List;

/** The parameters as the engine plays them: one copy for the module, and the cells that tell everyone else. */
final class ParameterState implements ParameterValues {
    private final Parameter[] parameters;
    private final FloatCells cells;
    private final float[] normalized;
    private final float[] plain;
    private long version;

    /** Starts from what the cells hold. */
    ParameterState(final List<Parameter> parameters, final FloatCells cells) {
        this.parameters = parameters.toArray(new Parameter[0]);
        this.cells = cells;
        this.normalized = new float[this.parameters.length];
        this.plain = new float[this.parameters.length];
        for (int i = 0; i < normalized.length; i++) {
            normalized[i] = cells.getAcquire(i);
            plain[i] = (float) this.parameters[i].toPlain(normalized[i]);
        }
    }

    int count() {
        return normalized.length;
    }

    /**
     * Takes a value; one that is no number or no parameter is refused.
     *
     * @return whether the value is new
     */
    boolean set(final int index, final float value) {
        if (index < 0
                || index >= normalized.length
                || !(value >= 0 && value <= 1)
                || normalized[index] == value) {
            return false;
        }
        normalized[index] = value;
        plain[index] = (float) parameters[index].toPlain(value);
        version++;
        cells.setRelease(index, value);
        return true;
    }

    @Override
    public float normalized(final int index) {
        return normalized[index];
    }

    @Override
    public float plain(final int index) {
        return plain[index];
    }

    @Override
    public long version() {
        return version;
    }
}
