// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.VoiceStateDescriptor;
import org.junit.jupiter.api.Test;

class VoiceStatesTest {
    @Test
    void eachPartOfAStateKeepsItsWholeRange() {
        for (int stage = 1; stage < 16; stage++) {
            assertEquals(
                    stage, VoiceStates.stageOf(VoiceStates.pack(stage, true, 15, 127, 127, -1)));
            final int alone = VoiceStates.pack(stage, false, 0, 0, 0, 0);
            assertEquals(stage, alone, "the stage is the lowest part");
            assertFalse(VoiceStates.isHeld(alone));
        }
        assertTrue(VoiceStates.isHeld(VoiceStates.pack(1, true, 0, 0, 0, 0)));
        for (int n = 0; n < 512; n++) {
            final int state = VoiceStates.pack(1, false, n & 15, n & 127, 127 - (n & 127), n);
            assertEquals(n & 15, VoiceStates.channelOf(state));
            assertEquals(n & 127, VoiceStates.keyOf(state));
            assertEquals(127 - (n & 127), VoiceStates.velocityOf(state));
            assertEquals(n, VoiceStates.generationOf(state));
            assertFalse(VoiceStates.isHeld(state));
            assertEquals(1, VoiceStates.stageOf(state));
        }
    }

    @Test
    void whatIsTooLargeReachesNoOtherPart() {
        final int state = VoiceStates.pack(-15, false, 16, 128, -128, 512);
        assertEquals(VoiceStateDescriptor.ATTACK, state);
    }

    @Test
    void aFreeVoiceIsZero() {
        assertEquals(0, VoiceStates.pack(VoiceStateDescriptor.FREE, true, 3, 60, 100, 7));
        assertEquals(0, VoiceStates.pack(16, true, 3, 60, 100, 7));
    }

    @Test
    void statesKeepTheirPlace() {
        final Memory memory = new Memory();
        final VoiceStates voices =
                VoiceStates.over(memory.buffer, memory.section(StandardRegion.VOICE_STATES));
        assertEquals(4, voices.count());
        final int state = VoiceStates.pack(VoiceStateDescriptor.SUSTAIN, true, 9, 36, 127, 300);
        voices.setRelease(3, state);
        assertEquals(state, voices.getAcquire(3));
        assertEquals(
                state,
                memory.buffer.getInt(memory.section(StandardRegion.VOICE_STATES).elementOffset(3)));
        assertEquals(0, voices.getAcquire(2));
    }
}
