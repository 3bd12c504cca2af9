// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth;

import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of the synth. Each constant is declared and given its index in one statement, so that the order of the
 * statements is the order of the parameters and nothing else has to agree with it. Hosts store automation by id: an id is
 * never changed, and the id of a parameter that is gone is never used again.
 */
public final class PolySynthParameters implements ParameterSource {
    private static final List<Parameter> DECLARED = new ArrayList<>();

    /** The shape of the first oscillator, a {@link Waveform}. */
    public static final int OSC1_WAVE =
            declare(
                    Parameter.of(100, "osc1_wave", "Oscillator 1 Waveform")
                            .shortName("O1 Wave")
                            .values(Waveform.labels())
                            .initial(Waveform.SAW.ordinal())
                            .group("Oscillators"));

    /** The shape of the second oscillator, a {@link Waveform}. */
    public static final int OSC2_WAVE =
            declare(
                    Parameter.of(110, "osc2_wave", "Oscillator 2 Waveform")
                            .shortName("O2 Wave")
                            .values(Waveform.labels())
                            .initial(Waveform.SAW.ordinal())
                            .group("Oscillators"));

    /** How far the second oscillator lies above the key, in whole semitones. */
    public static final int OSC2_PITCH =
            declare(
                    Parameter.of(111, "osc2_pitch", "Oscillator 2 Pitch")
                            .shortName("O2 Pitch")
                            .unit("st")
                            .range(-24, 24, 0)
                            .steps(48)
                            .group("Oscillators"));

    /** How far the second oscillator is out of tune, in cents. */
    public static final int OSC2_DETUNE =
            declare(
                    Parameter.of(112, "osc2_detune", "Oscillator 2 Detune")
                            .shortName("O2 Tune")
                            .unit("ct")
                            .range(-50, 50, 7)
                            .group("Oscillators"));

    /** 0 is the first oscillator alone, 100 the second. */
    public static final int OSC_MIX =
            declare(
                    Parameter.of(120, "osc_mix", "Oscillator Mix")
                            .shortName("Osc Mix")
                            .unit("%")
                            .range(0, 100, 40)
                            .group("Oscillators"));

    /** The part of a period for which {@link Waveform#PULSE} is up. */
    public static final int PULSE_WIDTH =
            declare(
                    Parameter.of(121, "pulse_width", "Pulse Width")
                            .shortName("PW")
                            .unit("%")
                            .range(5, 50, 50)
                            .group("Oscillators"));

    /** What the filter lets through, a {@link FilterType}. */
    public static final int FILTER_TYPE =
            declare(
                    Parameter.of(200, "filter_type", "Filter Type")
                            .shortName("F Type")
                            .values(FilterType.labels())
                            .initial(FilterType.LOW_PASS.ordinal())
                            .group("Filter"));

    /** Where the filter works, before envelope, key and LFO move it. */
    public static final int FILTER_CUTOFF =
            declare(
                    Parameter.of(201, "filter_cutoff", "Filter Cutoff")
                            .shortName("Cutoff")
                            .unit("Hz")
                            .range(20, 20_000, 1_800)
                            .logarithmic()
                            .group("Filter"));

    /** How much the filter stresses its cutoff: 0 is a Q of 0.71, 100 one of 20. */
    public static final int FILTER_RESONANCE =
            declare(
                    Parameter.of(202, "filter_resonance", "Filter Resonance")
                            .shortName("Reso")
                            .unit("%")
                            .range(0, 100, 15)
                            .group("Filter"));

    /** How far the filter envelope moves the cutoff at its peak. */
    public static final int FILTER_ENVELOPE =
            declare(
                    Parameter.of(203, "filter_envelope", "Filter Envelope Amount")
                            .shortName("F Env")
                            .unit("oct")
                            .range(-6, 6, 2)
                            .group("Filter"));

    /** How far the cutoff follows the key: 100 is an octave for an octave, around C4. */
    public static final int FILTER_TRACKING =
            declare(
                    Parameter.of(204, "filter_tracking", "Filter Key Tracking")
                            .shortName("F Track")
                            .unit("%")
                            .range(0, 100, 40)
                            .group("Filter"));

    /** The time in which the filter envelope falls by 60 dB towards its sustain; its attack and release are the amplifier's. */
    public static final int FILTER_DECAY =
            declare(
                    Parameter.of(210, "filter_decay", "Filter Decay")
                            .shortName("F Decay")
                            .unit("ms")
                            .range(5, 10_000, 900)
                            .logarithmic()
                            .group("Filter"));

    /** Where the filter envelope stays while a key is held. */
    public static final int FILTER_SUSTAIN =
            declare(
                    Parameter.of(211, "filter_sustain", "Filter Sustain")
                            .shortName("F Sus")
                            .unit("%")
                            .range(0, 100, 30)
                            .group("Filter"));

    /** The time in which a note rises, in a straight line, from silence to its peak. */
    public static final int AMP_ATTACK =
            declare(
                    Parameter.of(300, "amp_attack", "Attack")
                            .unit("ms")
                            .range(0.5, 5_000, 3)
                            .logarithmic()
                            .group("Amplifier"));

    /** The time in which a note falls by 60 dB towards its sustain. */
    public static final int AMP_DECAY =
            declare(
                    Parameter.of(301, "amp_decay", "Decay")
                            .unit("ms")
                            .range(5, 10_000, 1_500)
                            .logarithmic()
                            .group("Amplifier"));

    /** Where a note stays while its key is held. */
    public static final int AMP_SUSTAIN =
            declare(
                    Parameter.of(302, "amp_sustain", "Sustain")
                            .unit("%")
                            .range(0, 100, 60)
                            .group("Amplifier"));

    /** The time in which a released note falls by 60 dB. */
    public static final int AMP_RELEASE =
            declare(
                    Parameter.of(303, "amp_release", "Release")
                            .unit("ms")
                            .range(5, 10_000, 350)
                            .logarithmic()
                            .group("Amplifier"));

    /** How fast the one LFO of all voices swings. */
    public static final int LFO_RATE =
            declare(
                    Parameter.of(400, "lfo_rate", "LFO Rate")
                            .unit("Hz")
                            .range(0.05, 20, 5)
                            .logarithmic()
                            .group("Modulation"));

    /** How far the LFO moves the pitch either way; the modulation wheel adds to it. */
    public static final int LFO_PITCH =
            declare(
                    Parameter.of(401, "lfo_pitch", "LFO to Pitch")
                            .shortName("LFO Pit")
                            .unit("ct")
                            .range(0, 200, 0)
                            .power(2)
                            .group("Modulation"));

    /** How far the LFO moves the cutoff either way. */
    public static final int LFO_FILTER =
            declare(
                    Parameter.of(402, "lfo_filter", "LFO to Filter")
                            .shortName("LFO Flt")
                            .unit("oct")
                            .range(0, 4, 0)
                            .group("Modulation"));

    /** How much softer a softly struck key is. */
    public static final int VELOCITY =
            declare(
                    Parameter.of(410, "velocity", "Velocity Sensitivity")
                            .shortName("Velo")
                            .unit("%")
                            .range(0, 100, 70)
                            .group("Modulation"));

    /** How far the pitch wheel reaches either way. */
    public static final int BEND_RANGE =
            declare(
                    Parameter.of(411, "bend_range", "Pitch Bend Range")
                            .shortName("Bend")
                            .unit("st")
                            .range(0, 24, 2)
                            .steps(24)
                            .group("Modulation"));

    /** The time between two echoes. */
    public static final int DELAY_TIME =
            declare(
                    Parameter.of(500, "delay_time", "Delay Time")
                            .shortName("Dly Time")
                            .unit("ms")
                            .range(1, 1_000, 330)
                            .logarithmic()
                            .group("Effects"));

    /** How loud an echo is, compared with the one before. */
    public static final int DELAY_FEEDBACK =
            declare(
                    Parameter.of(501, "delay_feedback", "Delay Feedback")
                            .shortName("Dly Fb")
                            .unit("%")
                            .range(0, 90, 35)
                            .group("Effects"));

    /** How much of the sound goes into the delay; the direct sound stays as it is. */
    public static final int DELAY_MIX =
            declare(
                    Parameter.of(502, "delay_mix", "Delay Mix")
                            .shortName("Dly Mix")
                            .unit("%")
                            .range(0, 100, 12)
                            .group("Effects"));

    /** How long the room rings: the time in which it falls by 60 dB. */
    public static final int REVERB_TIME =
            declare(
                    Parameter.of(510, "reverb_time", "Reverb Time")
                            .shortName("Rev Time")
                            .unit("s")
                            .range(0.2, 10, 1.8)
                            .logarithmic()
                            .group("Effects"));

    /** How much of the sound goes into the room; the direct sound stays as it is. */
    public static final int REVERB_MIX =
            declare(
                    Parameter.of(511, "reverb_mix", "Reverb Mix")
                            .shortName("Rev Mix")
                            .unit("%")
                            .range(0, 100, 15)
                            .group("Effects"));

    /** The level of everything, before the limiter. */
    public static final int VOLUME =
            declare(
                    Parameter.of(600, "volume", "Volume")
                            .unit("dB")
                            .range(-60, 6, 0)
                            .group("Output"));

    /** How many parameters there are. */
    public static final int COUNT = DECLARED.size();

    private static final List<Parameter> ALL = List.copyOf(DECLARED);

    /** Creates the source; {@code build.yaml} names this class. */
    public PolySynthParameters() {}

    @Override
    public List<Parameter> parameters() {
        return ALL;
    }

    private static int declare(final Parameter.Builder description) {
        DECLARED.add(description.build());
        return DECLARED.size() - 1;
    }
}
