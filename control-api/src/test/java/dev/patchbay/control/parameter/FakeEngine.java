// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.parameter;

import dev.patchbay.layout.Parameter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An engine that takes changes where a test says so: whole, at the start of a block, as the real one does. */
final class FakeEngine implements EngineParameters {
    final float[] cells;
    int published;
    private final Map<Integer, Float> open = new TreeMap<>();
    private final Map<Integer, Float> offered = new TreeMap<>();
    private long blocks;

    FakeEngine(final List<Parameter> parameters) {
        cells = new float[parameters.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (float) parameters.get(i).defaultNormalized();
        }
    }

    /** What a block does first. */
    void take() {
        offered.forEach((index, value) -> cells[index] = value);
        offered.clear();
    }

    /** What a block does last. */
    void answer() {
        blocks++;
    }

    void block() {
        take();
        answer();
    }

    @Override
    public float playing(final int index) {
        return cells[index];
    }

    @Override
    public void set(final int index, final float normalized) {
        open.put(index, normalized);
    }

    @Override
    public void publish() {
        published++;
        offered.putAll(open);
        open.clear();
    }

    @Override
    public long blocks() {
        return blocks;
    }
}
