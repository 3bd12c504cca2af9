// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What presets are wanted; all that is said must hold. Case and accents count nowhere. Immutable; any thread.
 */
public final class PresetQuery {
    private final List<String> words;
    private final List<String> tags;
    private final String bank;
    private final StoredPreset.Origin origin;

    private PresetQuery(
            final List<String> words,
            final List<String> tags,
            final String bank,
            final StoredPreset.Origin origin) {
        this.words = words;
        this.tags = tags;
        this.bank = bank;
        this.origin = origin;
    }

    /** {@return a query that every preset answers} */
    public static PresetQuery all() {
        return new PresetQuery(List.of(), List.of(), null, null);
    }

    /**
     * {@return the same with words, each of which must occur in name, author, a tag or the comment, also within a word}
     *
     * @param text words with white space between them, in any order
     */
    public PresetQuery text(final String text) {
        return new PresetQuery(
                Arrays.stream(TextRule.folded(text).split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList(),
                tags,
                bank,
                origin);
    }

    /**
     * {@return the same with a further tag that a preset must have}
     *
     * @param tag the whole tag
     */
    public PresetQuery tag(final String tag) {
        final List<String> more = new ArrayList<>(tags);
        more.add(TextRule.folded(tag));
        return new PresetQuery(words, List.copyOf(more), bank, origin);
    }

    /**
     * {@return the same for one bank}
     *
     * @param name the whole name; empty for presets outside of banks
     */
    public PresetQuery bank(final String name) {
        return new PresetQuery(words, tags, TextRule.folded(name), origin);
    }

    /**
     * {@return the same for one origin}
     *
     * @param whose factory's or user's
     */
    public PresetQuery origin(final StoredPreset.Origin whose) {
        return new PresetQuery(words, tags, bank, whose);
    }

    /**
     * {@return those that answer: first those whose name holds all the words, else in the order they came in}
     *
     * @param presets to choose from
     */
    public List<StoredPreset> filter(final List<StoredPreset> presets) {
        final List<StoredPreset> named = new ArrayList<>();
        final List<StoredPreset> others = new ArrayList<>();
        for (final StoredPreset stored : presets) {
            if (matches(stored)) {
                final String name = TextRule.folded(stored.preset().name());
                (words.stream().allMatch(name::contains) ? named : others).add(stored);
            }
        }
        named.addAll(others);
        return named;
    }

    private boolean matches(final StoredPreset stored) {
        final Preset preset = stored.preset();
        final List<String> own = preset.tags().stream().map(TextRule::folded).toList();
        if (origin != null && origin != stored.origin()
                || bank != null && !bank.equals(TextRule.folded(stored.bank()))
                || !own.containsAll(tags)) {
            return false;
        }
        // Lines between the fields: no word reaches from one into the next.
        final String all =
                TextRule.folded(preset.name() + "\n" + preset.author() + "\n" + preset.comment())
                        + "\n"
                        + String.join("\n", own);
        return words.stream().allMatch(all::contains);
    }
}
