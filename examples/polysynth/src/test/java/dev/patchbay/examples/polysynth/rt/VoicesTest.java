// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.examples.polysynth.Measure;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.SynthHarness;
import org.junit.jupiter.api.Test;

class VoicesTest {
    private static final double RATE = 48_000;

    private final SynthHarness harness = SynthHarness.bare(RATE);

    @Test
    void aHundredAndTwentyEightNotesSoundTogether() {
        for (int key = 0; key < 128; key++) {
            harness.event(EventType.NOTE_ON, 0, -1, key, 0.5, 0);
        }
        harness.seconds(0.1);
        assertEquals(128, harness.soundingVoices());
    }

    @Test
    void oneNoteMoreTakesTheOldestVoice() {
        fill();
        harness.event(EventType.NOTE_ON, 1, -1, 60, 1, 0);
        // All others go, and the new one is left; were another stolen, key 0 of channel 0 would be
        // left too.
        for (int key = 1; key < 128; key++) {
            harness.noteOff(key);
        }
        harness.seconds(0.5);
        assertEquals(1, harness.soundingVoices());
        harness.event(EventType.NOTE_OFF, 1, -1, 60, 0, 0).seconds(0.5);
        assertEquals(0, harness.soundingVoices());
    }

    @Test
    void aReleasedVoiceIsTakenBeforeAHeldOneAndOfThoseTheQuietest() {
        harness.set(PolySynthParameters.AMP_RELEASE, 5_000).set(PolySynthParameters.VOLUME, -50);
        fill();
        harness.noteOff(70).seconds(0.5);
        harness.noteOff(50).seconds(0.1);
        harness.event(EventType.NOTE_ON, 1, -1, 60, 1, 0);
        final float[] x = harness.render(16_384)[0];
        final double quiet = 440 * Math.pow(2, 1 / 12.0);
        final double loud = 440 * Math.pow(2, -19 / 12.0);
        assertTrue(
                amplitude(x, quiet) < 0.05 * amplitude(x, loud), "key 70, released first, is gone");
        assertTrue(
                amplitude(x, loud) > 0.3 * amplitude(x, 440),
                "key 50, released later, still sounds");
    }

    @Test
    void aStolenVoiceDoesNotClick() {
        harness.set(PolySynthParameters.AMP_ATTACK, 50).set(PolySynthParameters.VELOCITY, 100);
        harness.noteOn(33).seconds(0.5);
        final float[] before = harness.render(9_600)[0];
        final float last = harness.toCrest();
        for (int i = 0; i < 128; i++) {
            harness.event(EventType.NOTE_ON, 1 + i / 100, -1, i % 100, 1e-3, 0);
        }
        final float[] after = harness.render(960)[0];
        final double usual = Measure.steepest(before, 0, before.length);
        final double atTheTheft =
                Math.max(Math.abs(after[0] - last), Measure.steepest(after, 0, 200));
        assertTrue(atTheTheft < 4 * usual, "steps of " + atTheTheft + " instead of " + usual);
        assertTrue(amplitude(after, 55) < 0.2 * amplitude(before, 55), "key 33 was stolen");
    }

    @Test
    void aThousandNotesAtOnceDoNoHarm() {
        for (int i = 0; i < 1_000; i++) {
            harness.event(EventType.NOTE_ON, i % 9, i, i % 128, 1, 0);
        }
        final float[] x = harness.seconds(0.2);
        assertEquals(128, harness.soundingVoices());
        assertTrue(Measure.peak(x, 0, x.length) < 1);
    }

    @Test
    void theSustainPedalHoldsReleasedNotesUntilItIsLifted() {
        harness.noteOn(60).controller(64, 1).noteOff(60).seconds(0.3);
        assertEquals(1, harness.soundingVoices());
        harness.event(EventType.CONTROLLER, 1, -1, 64, 0, 0).seconds(0.3);
        assertEquals(1, harness.soundingVoices(), "another channel's pedal");
        harness.controller(64, 0).seconds(0.3);
        assertEquals(0, harness.soundingVoices());
    }

    @Test
    void aKeyThatIsStillHeldOutlivesThePedal() {
        harness.controller(64, 1).noteOn(60).noteOn(64).noteOff(64).controller(64, 0).seconds(0.3);
        assertEquals(1, harness.soundingVoices());
    }

    @Test
    void aKeyStruckAgainGoesOnWithItsVoiceAndWithoutAClick() {
        harness.noteOn(45).seconds(0.2);
        final float[] before = harness.render(4_800)[0];
        harness.noteOff(45).render(200);
        final float[] after = harness.noteOn(45).render(4_800)[0];
        assertEquals(1, harness.soundingVoices());
        assertTrue(
                Measure.steepest(after, 0, 2_000) < 1.6 * Measure.steepest(before, 0, 4_800),
                "a click where the key was struck again");
        harness.noteOff(45).seconds(0.3);
        assertEquals(0, harness.soundingVoices());
    }

    @Test
    void aNoteThatTheHostNamesEndsByItsName() {
        harness.event(EventType.NOTE_ON, 0, 11, 60, 1, 0).event(EventType.NOTE_ON, 0, 12, 60, 1, 0);
        harness.seconds(0.05);
        assertEquals(2, harness.soundingVoices(), "two notes on one key");
        harness.event(EventType.NOTE_OFF, 0, 99, 60, 0, 0).seconds(0.3);
        assertEquals(2, harness.soundingVoices(), "a name that is not known");
        harness.event(EventType.NOTE_OFF, 0, 11, 60, 0, 0).seconds(0.3);
        assertEquals(1, harness.soundingVoices());
        harness.event(EventType.NOTE_OFF, 0, -1, 60, 0, 0).seconds(0.3);
        assertEquals(0, harness.soundingVoices(), "channel and key name it too");
    }

    @Test
    void theEndOfANoteThatLostItsVoiceDoesNotEndTheNext() {
        harness.event(EventType.NOTE_ON, 0, 1, 60, 1, 0).event(EventType.NOTE_OFF, 0, 1, 60, 0, 0);
        harness.event(EventType.NOTE_ON, 0, 2, 60, 1, 0).event(EventType.NOTE_OFF, 0, 1, 60, 0, 0);
        harness.seconds(0.3);
        assertEquals(1, harness.soundingVoices());
    }

    @Test
    void aNoteOnWithoutVelocityIsANoteOff() {
        harness.noteOn(60).event(EventType.NOTE_ON, 0, -1, 60, 0, 0).seconds(0.3);
        assertEquals(0, harness.soundingVoices());
    }

    @Test
    void aChokedNoteEndsWithinThreeMilliseconds() {
        harness.set(PolySynthParameters.AMP_RELEASE, 5_000).noteOn(60).noteOn(64).seconds(0.1);
        harness.event(EventType.NOTE_CHOKE, 0, -1, 60, 0, 0)
                .event(EventType.NOTE_CHOKE, 0, -1, 64, 0, 0);
        assertTrue(Measure.endOfSound(harness.seconds(0.1)) <= 145);
    }

    @Test
    void allNotesOffReleasesEveryChannelAndLiftsThePedals() {
        harness.controller(64, 1).noteOn(60).noteOff(60).event(EventType.NOTE_ON, 5, -1, 40, 1, 0);
        harness.event(EventType.ALL_NOTES_OFF, 0, -1, 0, 0, 0).seconds(0.3);
        assertEquals(0, harness.soundingVoices());
    }

    @Test
    void theControllersForAllNotesAndAllSoundConcernTheirChannel() {
        harness.noteOn(60).event(EventType.NOTE_ON, 5, -1, 40, 1, 0);
        harness.controller(123, 0).seconds(0.3);
        assertEquals(1, harness.soundingVoices());
        harness.event(EventType.CONTROLLER, 5, -1, 120, 0, 0).seconds(0.05);
        assertEquals(0, harness.soundingVoices());
    }

    @Test
    void allNotesOffAsAControllerLeavesThePedalsNotes() {
        harness.controller(64, 1).noteOn(60).controller(123, 0).seconds(0.3);
        assertEquals(1, harness.soundingVoices());
    }

    @Test
    void metersShowStatesAndLevels() {
        harness.set(PolySynthParameters.AMP_ATTACK, 100).noteOn(60).seconds(0.05);
        final int state = harness.state(0);
        assertEquals(Envelope.ATTACK, VoiceStates.stageOf(state));
        assertTrue(VoiceStates.isHeld(state));
        assertEquals(60, VoiceStates.keyOf(state));
        assertEquals(0, VoiceStates.channelOf(state));
        assertEquals(1, VoiceStates.generationOf(state));
        harness.seconds(0.1);
        assertEquals(Envelope.DECAY, VoiceStates.stageOf(harness.state(0)));
        final float[] x = harness.seconds(0.1);
        // The voice's level is before its place between left and right.
        assertEquals(Measure.peak(x, 0, x.length) * Math.sqrt(2), harness.level(0), 0.002);
        harness.set(PolySynthParameters.AMP_RELEASE, 1_000).noteOff(60).seconds(0.1);
        assertEquals(Envelope.RELEASE, VoiceStates.stageOf(harness.state(0)));
        harness.seconds(2);
        assertEquals(0, harness.state(0));
        assertEquals(0, harness.level(0));
        harness.noteOn(72).seconds(0.05);
        assertEquals(72, VoiceStates.keyOf(harness.state(0)));
        assertEquals(2, VoiceStates.generationOf(harness.state(0)), "another note");
    }

    private void fill() {
        for (int key = 0; key < 128; key++) {
            harness.event(EventType.NOTE_ON, 0, -1, key, 1, 0);
        }
        harness.seconds(0.05);
    }

    private static double amplitude(final float[] x, final double frequency) {
        return Measure.amplitude(x, 0, x.length, frequency, RATE);
    }
}
