// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.control.preset.StoredPreset.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresetQueryTest {
    private static final List<StoredPreset> ALL =
            new PresetListing(
                            List.of(
                                    stored(Origin.USER, "Keys", "Warm Piano", "Zoë", "soft"),
                                    stored(Origin.FACTORY, "Keys", "Bell", "Ann", "Warm", "metal"),
                                    stored(Origin.FACTORY, "Pads", "Été", "Ann", "soft"),
                                    stored(Origin.FACTORY, "", "Init", "Ann")),
                            List.of())
                    .presets();

    private static StoredPreset stored(
            final Origin origin,
            final String bank,
            final String name,
            final String author,
            final String... tags) {
        final Preset preset =
                Synth.preset(name, 0)
                        .withAuthor(author)
                        .withTags(List.of(tags))
                        .withComment("Comment of " + name.length() + " letters");
        return new StoredPreset(origin, bank, name + ".json", preset, "");
    }

    private static List<String> names(final PresetQuery query) {
        return query.filter(ALL).stream().map(s -> s.preset().name()).toList();
    }

    @Test
    void factoryPresetsComeFirstThenBanksThenNames() {
        assertEquals(List.of("Init", "Bell", "Été", "Warm Piano"), names(PresetQuery.all()));
        assertEquals(names(PresetQuery.all()), names(PresetQuery.all().text("  ")));
    }

    @Test
    void everyWordMustOccurSomewhereWithoutCaseAndAccents() {
        assertEquals(List.of("Été"), names(PresetQuery.all().text("ETE")));
        assertEquals(List.of("Warm Piano"), names(PresetQuery.all().text("zoe PIANO")));
        assertEquals(List.of("Bell"), names(PresetQuery.all().text("met ann")));
        assertEquals(List.of("Init", "Bell"), names(PresetQuery.all().text("4 letters")));
        assertEquals(List.of(), names(PresetQuery.all().text("bell piano")));
    }

    @Test
    void noWordReachesFromOneFieldIntoTheNext() {
        assertEquals(List.of(), names(PresetQuery.all().text("bellann")));
        assertEquals(List.of(), names(PresetQuery.all().text("metalwarm")));
    }

    @Test
    void thoseWhoseNameHoldsTheWordsComeFirst() {
        assertEquals(List.of("Warm Piano", "Bell"), names(PresetQuery.all().text("warm")));
    }

    @Test
    void tagsBankAndOriginMustAllHold() {
        assertEquals(List.of("Été", "Warm Piano"), names(PresetQuery.all().tag("SOFT")));
        assertEquals(List.of("Bell"), names(PresetQuery.all().tag("warm").tag("metal")));
        assertEquals(List.of(), names(PresetQuery.all().tag("war")), "whole tags");
        assertEquals(List.of("Bell", "Warm Piano"), names(PresetQuery.all().bank("keys")));
        assertEquals(List.of("Init"), names(PresetQuery.all().bank("")));
        assertEquals(
                List.of("Warm Piano"), names(PresetQuery.all().bank("Keys").origin(Origin.USER)));
    }
}
