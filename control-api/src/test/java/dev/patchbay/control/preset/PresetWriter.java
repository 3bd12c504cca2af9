// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import java.nio.file.Path;

/** A process that saves presets in a folder: new ones, or one over and over. */
public final class PresetWriter {
    private PresetWriter() {}

    /** Takes the folder, "add" or "replace", and a number of presets to add. */
    public static void main(final String[] args) throws PresetException {
        final PresetLibrary library = Synth.library(Path.of(args[0]));
        if (args[1].equals("add")) {
            int saved = 0;
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                try {
                    library.add(
                            "Bank",
                            Synth.preset("Preset " + i, ProcessHandle.current().pid() / 1e8));
                    saved++;
                } catch (final PresetConflictException e) {
                    // Told; the other's is there.
                }
            }
            System.out.println(saved);
            return;
        }
        StoredPreset stored = library.find("user/Loop.json").orElse(null);
        if (stored == null) {
            stored = library.add("", Synth.preset("Loop", 0));
        }
        for (int i = 0; ; i++) {
            stored =
                    library.replace(
                            stored,
                            Synth.preset("Loop", (i % 100) / 100.0)
                                    .withComment("x".repeat(i % 97 * 100)));
            if (i == 0) {
                System.out.println("going");
            }
        }
    }
}
