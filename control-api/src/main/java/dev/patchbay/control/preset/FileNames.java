// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes names of files from names of people's choosing: such that every system takes them, and none leaves its folder. */
final class FileNames {
    /** The most bytes; file systems take 255, some 143, and an ending and a number are added. */
    private static final int MOST_BYTES = 120;

    /** What Linux, macOS or Windows do not take in a name. */
    private static final Pattern BAD = Pattern.compile("[/\\\\:*?\"<>|\\p{Cntrl}]");

    private static final Pattern ENDS = Pattern.compile("^[.]|[. ]+$");

    /** Names of devices on Windows, whatever their ending. */
    private static final Set<String> DEVICES =
            Set.of(
                    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6",
                    "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7",
                    "lpt8", "lpt9");

    private FileNames() {}

    /** {@return a name for a file or folder, without an ending: the same where the name can be one, else with "_" in places} */
    static String of(final String name) {
        String safe = ENDS.matcher(BAD.matcher(name).replaceAll("_")).replaceAll("_");
        while (safe.getBytes(UTF_8).length > MOST_BYTES) {
            safe = safe.substring(0, safe.offsetByCodePoints(safe.length(), -1)).stripTrailing();
        }
        final int dot = safe.indexOf('.');
        final String stem = (dot < 0 ? safe : safe.substring(0, dot)).toLowerCase(Locale.ROOT);
        return safe.isEmpty() || DEVICES.contains(stem) ? "_" + safe : safe;
    }

    /**
     * {@return the bank's name, which is that of its folder; empty for presets outside of banks}
     *
     * @throws IllegalArgumentException if it cannot be a folder's name
     */
    static String checkBank(final String bank) {
        final String form = TextRule.BANK.check(bank);
        if (!form.isEmpty() && !of(form).equals(form)) {
            throw new IllegalArgumentException(
                    "A bank is a folder, and \""
                            + form
                            + "\" cannot be the name of one: take \""
                            + of(form)
                            + "\".");
        }
        return form;
    }
}
