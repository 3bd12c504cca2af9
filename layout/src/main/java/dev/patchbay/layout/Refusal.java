// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/**
 * Why the bytes of a region are not trusted: {@code pb_refusal} in C. All numbers are unsigned.
 *
 * @param fault what is wrong
 * @param section the number of the section that it is wrong with, from 1 in the order of the directory; 0 where it is none
 * @param name the name of that section, or the name that is wrong, as it stands in the region, one character a byte
 * @param found the number found
 * @param low the least number expected, or the one expected
 * @param high the highest number expected
 */
public record Refusal(
        RegionFault fault, int section, String name, long found, long low, long high) {

    /** {@return the sentence, for use behind the region's name: {@code pb_refusal_text} in C} */
    public String text() {
        final StringBuilder text = new StringBuilder();
        final String template = fault.template();
        for (int i = 0; i < template.length(); i++) {
            final char c = template.charAt(i);
            if (c == '%') {
                i++;
                text.append(place(template.charAt(i)));
            } else {
                text.append(c);
            }
        }
        return text.append('.').toString();
    }

    private String place(final char which) {
        switch (which) {
            case 'n':
                return shown();
            case 's':
                return "section " + section + " \"" + shown() + '"';
            default:
                final char place = Character.toLowerCase(which);
                final long value = place == 'f' ? found : place == 'l' ? low : high;
                return Character.isUpperCase(which)
                        ? "0x" + Long.toHexString(value)
                        : Long.toUnsignedString(value);
        }
    }

    /** The name with what cannot be printed, or would end the quotation, as question marks. */
    private String shown() {
        return name.replaceAll("[^ -~]|[\"\\\\]", "?");
    }
}
