// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.layout.Parameter;
import java.math.BigDecimal;
import java.math.MathContext;

/** A plain value for people who read a preset's file; nothing reads it back. */
final class PlainText {
    private static final MathContext DIGITS = new MathContext(5);

    private PlainText() {}

    /** {@return the value's name, or five digits and the unit} */
    static String of(final Parameter parameter, final double normalized) {
        final double plain = parameter.toPlain(normalized);
        if (!parameter.valueNames().isEmpty()) {
            final double step =
                    (plain - parameter.minimum())
                            / (parameter.maximum() - parameter.minimum())
                            * parameter.stepCount();
            return parameter.valueNames().get((int) Math.rint(step));
        }
        final String number =
                new BigDecimal(plain).round(DIGITS).stripTrailingZeros().toPlainString();
        return parameter.unit().isEmpty() ? number : number + " " + parameter.unit();
    }
}
