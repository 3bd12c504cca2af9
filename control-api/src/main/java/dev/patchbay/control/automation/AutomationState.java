// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import dev.patchbay.control.state.StatePart;

/**
 * The automation, as JSON, before the rest of control's state: a {@link StatePart} with the letters PBAU.
 *
 * @param automation the automation
 * @param rest the rest of control's state; not copied, and not to be changed
 */
public record AutomationState(Automation automation, byte[] rest) {
    private static final StatePart PART = new StatePart("PBAU", "automation");

    /** {@return the bytes of automation that is JSON already, none for an empty one, and the rest} */
    static byte[] join(final byte[] json, final byte[] rest) {
        return PART.join(json, rest);
    }

    /** {@return the JSON, none where there is no automation} */
    static byte[] json(final Automation automation) {
        return automation.equals(Automation.EMPTY) ? new byte[0] : AutomationJson.write(automation);
    }

    /** {@return the bytes} */
    public byte[] encode() {
        return join(json(automation), rest);
    }

    /**
     * {@return the automation and the rest}
     *
     * @param state what {@link #encode} gave, or a state without automation
     * @param mostPoints the most points of all lanes
     * @throws IllegalArgumentException if it begins like one with automation but cannot be read, with a sentence that says why
     */
    public static AutomationState decode(final byte[] state, final int mostPoints) {
        final StatePart.Split split = PART.split(state);
        return new AutomationState(
                split.part().length == 0
                        ? Automation.EMPTY
                        : AutomationJson.read(split.part(), mostPoints),
                split.rest());
    }
}
