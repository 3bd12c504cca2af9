// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import java.util.Comparator;
import java.util.List;

/**
 * What was found.
 *
 * @param presets factory presets before the user's, each by bank, then by name, without regard to case and accents
 * @param problems a sentence for each file or folder that is no preset; the others are listed all the same
 */
public record PresetListing(List<StoredPreset> presets, List<String> problems) {
    static final Comparator<StoredPreset> ORDER =
            Comparator.comparing(StoredPreset::origin)
                    .thenComparing(stored -> TextRule.folded(stored.bank()))
                    .thenComparing(StoredPreset::bank)
                    .thenComparing(stored -> TextRule.folded(stored.preset().name()))
                    .thenComparing(stored -> stored.preset().name())
                    .thenComparing(StoredPreset::file);

    /** Sorts the presets. */
    public PresetListing {
        presets = presets.stream().sorted(ORDER).toList();
        problems = List.copyOf(problems);
    }
}
