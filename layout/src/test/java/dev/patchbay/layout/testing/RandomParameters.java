// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.testing;

import dev.patchbay.layout.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random parameters with all that a parameter can say of itself. */
final class RandomParameters {
    private static final List<String> UNITS = List.of("", "Hz", "dB", "°", "µs");
    private static final List<String> GROUPS = List.of("", "Oscillator", "Hüllkurve", "フィルター");

    private RandomParameters() {}

    /** Parameters whose ids and symbols differ. */
    static List<Parameter> some(final Random random) {
        final List<Parameter> parameters = new ArrayList<>();
        final int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            // Ids rise by leaps, up to the highest.
            final int room = ((1 << 30) - 1) / count;
            parameters.add(one(random, i * room + random.nextInt(room), "p" + i));
        }
        return parameters;
    }

    private static Parameter one(final Random random, final int id, final String symbol) {
        final Parameter.Builder parameter =
                Parameter.of(id, symbol, "Parameter " + symbol + " №" + random.nextInt(100))
                        .shortName(symbol)
                        .unit(UNITS.get(random.nextInt(UNITS.size())))
                        .group(GROUPS.get(random.nextInt(GROUPS.size())));
        final double minimum = 1 + random.nextInt(20);
        final double maximum = minimum + 1 + random.nextInt(20_000);
        parameter.range(minimum, maximum, minimum + random.nextDouble() * (maximum - minimum));
        switch (random.nextInt(5)) {
            case 0 -> parameter.logarithmic();
            case 1 -> parameter.power(0.5 + random.nextInt(4));
            case 2 -> parameter.steps(1 + random.nextInt(12));
            case 3 -> parameter.values("off", "low", "high").initial(random.nextInt(3));
            default -> parameter.range(-maximum, maximum, 0);
        }
        for (final Parameter.Flag flag : Parameter.Flag.values()) {
            if (random.nextInt(4) == 0) {
                parameter.flag(flag);
            }
        }
        return parameter.build();
    }
}
