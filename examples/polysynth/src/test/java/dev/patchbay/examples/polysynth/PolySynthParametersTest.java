// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PolySynthParametersTest {
    /** What has been published: projects hold these ids, so a line may be added, but none changed or removed. */
    private static final String PUBLISHED =
            "100 osc1_wave, 110 osc2_wave, 111 osc2_pitch, 112 osc2_detune, 120 osc_mix, 121"
                + " pulse_width, 200 filter_type, 201 filter_cutoff, 202 filter_resonance, 203"
                + " filter_envelope, 204 filter_tracking, 210 filter_decay, 211 filter_sustain, 300"
                + " amp_attack, 301 amp_decay, 302 amp_sustain, 303 amp_release, 400 lfo_rate, 401"
                + " lfo_pitch, 402 lfo_filter, 410 velocity, 411 bend_range, 500 delay_time, 501"
                + " delay_feedback, 502 delay_mix, 510 reverb_time, 511 reverb_mix, 600 volume";

    private final List<Parameter> parameters = new PolySynthParameters().parameters();

    @Test
    void idsAndSymbolsAreThosePublished() {
        assertEquals(
                PUBLISHED,
                parameters.stream()
                        .map(p -> p.id() + " " + p.symbol())
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void theConstantsAreTheIndices() {
        assertEquals(PolySynthParameters.COUNT, parameters.size());
        assertEquals("osc1_wave", parameters.get(PolySynthParameters.OSC1_WAVE).symbol());
        assertEquals("filter_cutoff", parameters.get(PolySynthParameters.FILTER_CUTOFF).symbol());
        assertEquals("volume", parameters.get(PolySynthParameters.VOLUME).symbol());
    }

    @Test
    void namesAreDistinctAndShortOnesAreShort() {
        final Set<String> names = new HashSet<>();
        for (final Parameter parameter : parameters) {
            assertTrue(names.add(parameter.name()), parameter.name());
            assertTrue(names.add("short " + parameter.shortName()), parameter.shortName());
            assertTrue(parameter.shortName().length() <= 8, parameter.shortName());
            assertTrue(!parameter.group().isEmpty(), parameter.name());
        }
    }

    @Test
    void plainValuesBecomeTheWaveformsAndFiltersOfTheirNames() {
        final Parameter wave = parameters.get(PolySynthParameters.OSC1_WAVE);
        for (final Waveform waveform : Waveform.values()) {
            final double normalized = wave.toNormalized(waveform.ordinal());
            assertEquals(waveform, Waveform.of((float) wave.toPlain(normalized)));
        }
        assertEquals(Waveform.SINE, Waveform.of(99));
        assertEquals(FilterType.LOW_PASS, FilterType.of(Float.NaN));
        assertEquals(FilterType.HIGH_PASS, FilterType.of(2));
    }
}
