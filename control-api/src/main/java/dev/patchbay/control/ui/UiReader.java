// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.control.ControlModule;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.control.preset.PresetListing;
import dev.patchbay.control.preset.PresetSession;
import dev.patchbay.control.preset.Slot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the snapshots. A part that equals its predecessor is its predecessor. For the control module's thread. */
final class UiReader {
    /** Folders are looked at so often: another process may have saved a preset. */
    private static final long LISTING_NANOS = 2_000_000_000L;

    private final UiSources sources;
    private final UiDesk desk;
    private final RegionReader region;
    private UiSnapshot last;
    private PresetListing listing;
    private PresetSession listed;
    private long listedAt;
    private boolean moduleFailed;

    UiReader(final UiSources sources, final UiDesk desk) {
        this.sources = sources;
        this.desk = desk;
        this.region = new RegionReader(sources.participant());
        this.last =
                new UiSnapshot(
                        0,
                        0,
                        null,
                        List.of(),
                        List.of(),
                        UiTransport.NONE,
                        null,
                        null,
                        null,
                        Map.of());
    }

    UiSnapshot read(final long now) {
        final UiParameters parameters = same(last.parameters(), parameters());
        last =
                new UiSnapshot(
                        last.number() + 1,
                        now,
                        parameters,
                        same(last.outputs(), region.outputs(now)),
                        same(last.voices(), region.voices(now)),
                        same(last.transport(), region.transport(last.transport())),
                        same(last.presets(), presets(now)),
                        same(last.midi(), midi()),
                        same(last.health(), region.health(now)),
                        same(last.module(), module()));
        return last;
    }

    private static <T> T same(final T before, final T now) {
        return Objects.equals(before, now) ? before : now;
    }

    private UiParameters parameters() {
        final ParameterRegistry registry = sources.registry();
        final double[] values = new double[registry.count()];
        final boolean[] held = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = registry.value(i);
            held[i] = registry.isHeld(i);
        }
        return new UiParameters(values, held);
    }

    private UiPresets presets(final long now) {
        final PresetSession presets = sources.presets().get();
        if (desk.takePresetsChanged() || listed != presets || now - listedAt >= LISTING_NANOS) {
            final PresetListing found = presets.library().list();
            listing = found.equals(listing) ? listing : found;
            listed = presets;
            listedAt = now;
        }
        return new UiPresets(
                presets.loadedId().orElse(""),
                presets.loaded().map(preset -> preset.name()).orElse(""),
                presets.isEdited(),
                presets.playing(),
                !presets.values(Slot.A).equals(presets.values(Slot.B)),
                desk.morph(),
                listing.presets(),
                listing.problems());
    }

    private UiMidi midi() {
        final UiMidi before = last.midi();
        final int learning =
                sources.midi()
                        .learning()
                        .map(parameter -> sources.registry().all().indexOf(parameter))
                        .orElse(-1);
        return before != null
                        && before.learning() == learning
                        && before.map().equals(sources.midi().map())
                ? before
                : new UiMidi(sources.midi().map(), learning, sources.midi().conflicts());
    }

    private Map<String, String> module() {
        final ControlModule module = sources.module().get();
        if (!(module instanceof UiModule)) {
            return Map.of();
        }
        try {
            final Map<String, String> shown = new LinkedHashMap<>();
            ((UiModule) module)
                    .getUiState().entrySet().stream()
                            .limit(UiModule.MOST_ENTRIES)
                            .forEach(e -> shown.put(brief(e.getKey()), brief(e.getValue())));
            moduleFailed = false;
            return Collections.unmodifiableMap(shown);
        } catch (final RuntimeException e) {
            if (!moduleFailed) {
                moduleFailed = true;
                System.err.println(
                        "patchbay control: the module's getUiState failed, so the user interface"
                                + " does not show it: "
                                + e);
            }
            return Map.of();
        }
    }

    private static String brief(final String text) {
        return text.length() <= UiModule.MOST_CHARACTERS
                ? text
                : text.substring(0, UiModule.MOST_CHARACTERS);
    }
}
