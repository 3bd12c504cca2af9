// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import dev.patchbay.atomics.FloatField;
import dev.patchbay.atomics.IntegerField;
import dev.patchbay.atomics.MeterBallistics;
import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.SnapshotReader;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.VoiceStateDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the engine and the bridge show in the region. For one thread. */
final class RegionReader {
    /** The writer of the transport publishes once a block: the second try finds it whole. */
    private static final int TRIES = 8;

    private final VoiceStates voiceStates;
    private final Pointers outputs;
    private final Pointers voices;
    private final SnapshotReader transport;
    private final StructCopy struct = new StructCopy(StandardStructs.TRANSPORT);
    private final IntegerField playing = struct.integer("playing");
    private final FloatField tempo = struct.floating("tempo");
    private final IntegerField numerator = struct.integer("signature_numerator");
    private final IntegerField denominator = struct.integer("signature_denominator");
    private final FloatField quarters = struct.floating("position_quarters");
    private final IntegerField samples = struct.integer("position_samples");
    private final FloatField sampleRate = struct.floating("sample_rate");
    private final HealthReader health;

    /** Meters with pointers that fall. */
    private static final class Pointers {
        private final MeterReader meters;
        private final MeterBallistics[] pointers;
        private long moved = System.nanoTime();

        Pointers(final MeterReader meters) {
            this.meters = meters;
            this.pointers = new MeterBallistics[meters.count()];
            Arrays.setAll(pointers, i -> MeterBallistics.fast());
        }

        void move(final long now) {
            meters.poll();
            for (int i = 0; i < pointers.length; i++) {
                pointers[i].update(meters.peak(i), (now - moved) / 1e9);
            }
            moved = now;
        }
    }

    RegionReader(final Participant participant) {
        final Loads loads = participant.region().loads();
        voiceStates =
                VoiceStates.over(
                        participant.buffer(), participant.section(StandardRegion.VOICE_STATES));
        outputs =
                new Pointers(
                        MeterReader.over(loads, participant.section(StandardRegion.OUTPUT_LEVELS)));
        voices =
                new Pointers(
                        MeterReader.over(loads, participant.section(StandardRegion.VOICE_LEVELS)));
        transport = SnapshotReader.over(loads, participant.section(StandardRegion.TRANSPORT));
        health = new HealthReader(participant);
    }

    List<UiMeter> outputs(final long now) {
        outputs.move(now);
        final List<UiMeter> all = new ArrayList<>();
        for (int i = 0; i < outputs.pointers.length; i++) {
            all.add(
                    new UiMeter(
                            outputs.pointers[i].level(),
                            (float) outputs.meters.rms(i),
                            outputs.meters.totalClips(i)));
        }
        return List.copyOf(all);
    }

    List<UiVoice> voices(final long now) {
        voices.move(now);
        final List<UiVoice> all = new ArrayList<>();
        for (int i = 0; i < voiceStates.count(); i++) {
            final int state = voiceStates.getAcquire(i);
            final int stage = VoiceStates.stageOf(state);
            if (stage != VoiceStateDescriptor.FREE) {
                all.add(
                        new UiVoice(
                                i,
                                stage,
                                VoiceStates.isHeld(state),
                                VoiceStates.keyOf(state),
                                VoiceStates.velocityOf(state),
                                VoiceStates.channelOf(state),
                                i < voices.pointers.length ? voices.pointers[i].level() : 0));
            }
        }
        return List.copyOf(all);
    }

    /** The one before where the bridge is just publishing again and again. */
    UiTransport transport(final UiTransport before) {
        if (!transport.read(struct, TRIES)) {
            return before;
        }
        return new UiTransport(
                playing.get() != 0,
                tempo.get(),
                (int) numerator.get(),
                (int) denominator.get(),
                quarters.get(),
                samples.get(),
                sampleRate.get());
    }

    UiHealth health(final long now) {
        return health.read(now);
    }
}
