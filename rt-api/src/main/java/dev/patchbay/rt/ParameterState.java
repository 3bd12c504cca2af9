// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.FloatCells;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterCurve;
import java.util.List;

/** The parameters as the engine plays them: one copy for the module, and the cells that tell everyone else. */
final class ParameterState implements ParameterValues {
    private final ParameterCurve[] curves;
    private final FloatCells cells;
    private final float[] normalized;
    private final float[] plain;
    private long version;

    /** Starts from what the cells hold. */
    ParameterState(final List<Parameter> parameters, final FloatCells cells) {
        this.curves = parameters.stream().map(Parameter::curve).toArray(ParameterCurve[]::new);
        this.cells = cells;
        this.normalized = new float[curves.length];
        this.plain = new float[curves.length];
        for (int i = 0; i < normalized.length; i++) {
            normalized[i] = cells.getAcquire(i);
            plain[i] = toPlain(i, normalized[i]);
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
        if (!accepts(index, value) || normalized[index] == value) {
            return false;
        }
        normalized[index] = value;
        plain[index] = toPlain(index, value);
        version++;
        cells.setRelease(index, value);
        return true;
    }

    /** Tells everyone all values once more: after the cells have become others. */
    void tellAll() {
        for (int i = 0; i < normalized.length; i++) {
            cells.setRelease(i, normalized[i]);
        }
    }

    /** Whether a value is a number, and of a parameter. */
    boolean accepts(final int index, final float value) {
        return index >= 0 && index < normalized.length && value >= 0 && value <= 1;
    }

    @Override
    public float toPlain(final int index, final double value) {
        return (float) curves[index].toPlain(value);
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
