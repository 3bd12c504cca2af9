// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.control.ControlModule.ChangedBy;
import dev.patchbay.control.parameter.EngineParameters;
import dev.patchbay.control.parameter.ParameterListener;
import dev.patchbay.control.parameter.ParameterRegistry;
import java.util.Arrays;

/**
 * Which parameters have new values, and who has changed them. What was changed in this process is known, the engine says what it has changed by
 * itself, and the rest is the host's. Where the engine's word is lost in a full queue, its change counts as the host's.
 */
final class ParameterOrigins implements ParameterListener {
    /** Is told a change. */
    interface Target {
        void changed(int index, float normalized, ChangedBy by);
    }

    private final EngineParameters engine;
    private final float[] told;
    private final float[] now;
    private final float[] ours;
    private final float[] engines;
    private final boolean[] saidByEngine;

    ParameterOrigins(final EngineParameters engine, final int count) {
        this.engine = engine;
        this.told = nothing(count);
        this.now = nothing(count);
        this.ours = nothing(count);
        this.engines = nothing(count);
        this.saidByEngine = new boolean[count];
    }

    private static float[] nothing(final int count) {
        final float[] values = new float[count];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    @Override
    public void changed(final int index, final double normalized, final String writer) {
        if (!writer.equals(ParameterRegistry.ENGINE)) {
            ours[index] = (float) normalized;
        }
    }

    /** The engine has changed a parameter by itself. */
    void byEngine(final int index, final float normalized) {
        if (index >= 0 && index < engines.length) {
            engines[index] = normalized;
            saidByEngine[index] = true;
        }
    }

    /** All values are new to whoever is told next. */
    void tellAll() {
        Arrays.fill(told, Float.NaN);
    }

    /** Takes the values as they are now. */
    void look() {
        for (int i = 0; i < now.length; i++) {
            now[i] = engine.playing(i);
        }
    }

    /** Tells which of the values that were taken are new. */
    void tell(final Target target) {
        for (int i = 0; i < now.length; i++) {
            if (now[i] != told[i]) {
                final ChangedBy by = by(i);
                told[i] = now[i];
                target.changed(i, now[i], by);
            }
        }
    }

    private ChangedBy by(final int index) {
        final float value = now[index];
        final float own = ours[index];
        if (!Float.isNaN(told[index])) {
            if (own == value) {
                ours[index] = Float.NaN;
                return ChangedBy.CONTROL;
            }
            // It may have said several values since the last look, and the one that was seen
            // before.
            if (saidByEngine[index] || engines[index] == value) {
                saidByEngine[index] = false;
                return ChangedBy.ENGINE;
            }
            if (!Float.isNaN(own)) {
                // One of several values in a row; the last one is still to come, or was overruled.
                ours[index] = Float.NaN;
                return ChangedBy.CONTROL;
            }
        }
        engines[index] = Float.NaN;
        return ChangedBy.HOST;
    }
}
