// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.eventqueue.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Blocks as no gentle host sends them: every kind of event, valid or not, notes and parameters in storms, bulk changes, queues that
 * are full, block sizes from 0 to the largest, inputs that are no numbers. A block depends on nothing but the seed and its
 * number, so each can be told and repeated alone.
 */
final class Storm {
    /** So many blocks are of one scene. */
    private static final int SCENE_BLOCKS = 250;

    private static final long SIZES = 0x5153;
    private static final long PLACES = 0x4b45;

    /** Most notes of a scene are within so many keys of one channel, so that releases and chokes find what sounds. */
    private static final int KEYS = 12;

    /** One note in so many is anywhere. */
    private static final int STRAY = 8;

    private static final int FULL_EVERY = 2_000;
    private static final int BULK_EVERY = 16;
    private static final int TYPES = EventType.TRANSPORT;

    private final long seed;
    private final int parameters;
    private final int maxFrames;
    private final int queueCapacity;
    private final int longestMessage;

    /** What most blocks of a stretch are like. */
    enum Scene {
        CALM,
        NOTES,
        PARAMETERS,
        EVERYTHING,
        NONSENSE
    }

    /** What an input holds. */
    enum Input {
        SILENCE,
        NOISE,
        LOUD,
        DENORMALS,
        NOT_A_NUMBER,
        INFINITE,
        MIXED
    }

    /** Where most notes of a scene are. */
    private record Hand(int channel, int lowest) {
        int channel(final SplittableRandom random) {
            return random.nextInt(STRAY) == 0 ? random.nextInt(16) : channel;
        }

        int key(final SplittableRandom random) {
            return random.nextInt(STRAY) == 0 ? random.nextInt(128) : lowest + random.nextInt(KEYS);
        }
    }

    /** An event; of a message the index is its length. */
    record Happening(
            int type,
            int offset,
            int channel,
            int noteId,
            int index,
            double value,
            double detail) {}

    /** A bulk change: the value of each parameter, or NaN for one that stays. */
    record Bulk(float[] values) {}

    /**
     * A block.
     *
     * @param number from 0
     * @param scene what it belongs to
     * @param frames 0 to the largest
     * @param offline whether the module is told so
     * @param allNotesOff whether events were lost before
     * @param events the host's
     * @param controlEvents those of control
     * @param fromHost the host's bulk change, or null
     * @param fromControl that of control, or null
     * @param input what the inputs hold
     * @param inputSeed their noise
     * @param tempo the transport's, or NaN where it stays as it is
     * @param pauseMicros how long nobody asks before it
     */
    record Block(
            int number,
            Scene scene,
            int frames,
            boolean offline,
            boolean allNotesOff,
            List<Happening> events,
            List<Happening> controlEvents,
            Bulk fromHost,
            Bulk fromControl,
            Input input,
            long inputSeed,
            double tempo,
            int pauseMicros) {
        /** In a few words. */
        String summary() {
            return String.format(
                                    Locale.ROOT,
                                    "%s, %d frames, %d host events, %d control events, input %s",
                                    scene,
                                    frames,
                                    events.size(),
                                    controlEvents.size(),
                                    input)
                            .toLowerCase(Locale.ROOT)
                    + (fromHost == null ? "" : ", bulk change of the host")
                    + (fromControl == null ? "" : ", bulk change of control")
                    + (allNotesOff ? ", all notes off" : "")
                    + (offline ? ", offline" : "");
        }
    }

    Storm(
            final long seed,
            final int parameters,
            final int maxFrames,
            final int queueCapacity,
            final int longestMessage) {
        this.seed = seed;
        this.parameters = parameters;
        this.maxFrames = maxFrames;
        this.queueCapacity = queueCapacity;
        this.longestMessage = longestMessage;
    }

    /** The block of a number. */
    Block block(final int number) {
        final SplittableRandom random = new SplittableRandom(mix(seed, number));
        final Scene[] scenes = Scene.values();
        final Scene scene =
                scenes[
                        new SplittableRandom(mix(~seed, number / SCENE_BLOCKS))
                                .nextInt(scenes.length)];
        final SplittableRandom places =
                new SplittableRandom(mix(seed ^ PLACES, number / SCENE_BLOCKS));
        final Hand hand = new Hand(places.nextInt(16), places.nextInt(128 - KEYS));
        final int frames = frames(number);
        final boolean full = random.nextInt(FULL_EVERY) == 0;
        final int count = full ? queueCapacity + 8 : count(scene, random);
        final Input[] inputs = Input.values();
        return new Block(
                number,
                scene,
                frames,
                random.nextInt(64) == 0,
                random.nextInt(64) == 0,
                happenings(scene, hand, frames, count, random),
                happenings(
                        scene,
                        hand,
                        1,
                        full ? queueCapacity + 8 : random.nextInt(16) == 0 ? 3 : 0,
                        random),
                bulk(random),
                bulk(random),
                inputs[random.nextInt(inputs.length)],
                random.nextLong(),
                random.nextInt(4) == 0 ? random.nextDouble(20, 400) : Double.NaN,
                random.nextInt(32) == 0 ? 1 + random.nextInt(200) : 0);
    }

    private static long mix(final long seed, final long number) {
        return new SplittableRandom(seed + 0x9E3779B97F4A7C15L * number).nextLong();
    }

    /** Mostly small, so that many blocks take little time; all sizes occur. */
    int frames(final int number) {
        final SplittableRandom random = new SplittableRandom(mix(seed ^ SIZES, number));
        final int kind = random.nextInt(1000);
        final int frames;
        if (kind < 20) {
            frames = 0;
        } else if (kind < 930) {
            frames = 1 + random.nextInt(64);
        } else if (kind < 996) {
            frames = 1 + random.nextInt(512);
        } else {
            frames = kind < 999 ? 1 + random.nextInt(maxFrames) : maxFrames;
        }
        return Math.min(frames, maxFrames);
    }

    private static int count(final Scene scene, final SplittableRandom random) {
        return switch (scene) {
            case CALM -> random.nextInt(8) == 0 ? 1 : 0;
            case NOTES, PARAMETERS -> random.nextInt(24);
            case EVERYTHING, NONSENSE -> random.nextInt(10);
        };
    }

    private List<Happening> happenings(
            final Scene scene,
            final Hand hand,
            final int frames,
            final int count,
            final SplittableRandom random) {
        if (count == 0) {
            return List.of();
        }
        final List<Happening> all = new ArrayList<>(count);
        int at = 0;
        for (int i = 0; i < count; i++) {
            at = Math.min(Math.max(0, frames - 1), at + random.nextInt(1 + frames / 4));
            all.add(happening(scene, hand, at, random));
        }
        return all;
    }

    private Happening happening(
            final Scene scene, final Hand hand, final int at, final SplittableRandom random) {
        final int type =
                switch (scene) {
                    case CALM, NOTES ->
                            random.nextInt(8) == 0
                                    ? 1 + random.nextInt(TYPES)
                                    : random.nextInt(5) < 3
                                            ? EventType.NOTE_ON
                                            : EventType.NOTE_OFF;
                    case PARAMETERS ->
                            random.nextInt(8) == 0
                                    ? 1 + random.nextInt(TYPES)
                                    : EventType.PARAMETER;
                    case EVERYTHING -> 1 + random.nextInt(TYPES);
                    case NONSENSE ->
                            random.nextInt(4) == 0
                                    ? random.nextInt(-3, 40)
                                    : 1 + random.nextInt(TYPES);
                };
        if (scene == Scene.NONSENSE && random.nextBoolean()) {
            return new Happening(
                    type,
                    random.nextInt(-100, 20_000),
                    random.nextInt(-2, 20),
                    random.nextInt(),
                    random.nextInt(),
                    strange(random),
                    strange(random));
        }
        final int noteId = random.nextInt(4) == 0 ? random.nextInt(64) : -1;
        final double value =
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> 1;
                    default -> random.nextDouble();
                };
        final int index =
                switch (type) {
                    case EventType.PARAMETER -> parameters == 0 ? 0 : random.nextInt(parameters);
                    case EventType.SYSEX -> 1 + random.nextInt(Math.min(longestMessage, 512));
                    case EventType.TRANSPORT -> random.nextInt(4);
                    case EventType.NOTE_EXPRESSION -> random.nextInt(7);
                    case EventType.CONTROLLER ->
                            random.nextBoolean() ? random.nextInt(128) : 120 + random.nextInt(8);
                    case EventType.PROGRAM -> random.nextInt(128);
                    default -> hand.key(random);
                };
        return new Happening(
                type,
                at,
                hand.channel(random),
                noteId,
                index,
                type == EventType.PITCH_BEND
                        ? value * 2 - 1
                        : type == EventType.TRANSPORT ? 120 : value,
                type == EventType.NOTE_ON ? random.nextDouble(-100, 100) : 0);
    }

    private Bulk bulk(final SplittableRandom random) {
        if (parameters == 0 || random.nextInt(BULK_EVERY) != 0) {
            return null;
        }
        final float[] values = new float[parameters];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (random.nextInt(6)) {
                        case 0 -> Float.NaN;
                        case 1 -> 0;
                        case 2 -> 1;
                        default -> (float) random.nextDouble();
                    };
        }
        return new Bulk(values);
    }

    private static double strange(final SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> Double.MIN_VALUE;
            case 4 -> -1e300;
            default -> random.nextDouble(-10, 10);
        };
    }

    /** Fills an input of a block. */
    static void fill(
            final Input kind,
            final float[] samples,
            final int frames,
            final SplittableRandom random) {
        for (int i = 0; i < frames; i++) {
            samples[i] = sample(kind, random);
        }
    }

    private static float sample(final Input kind, final SplittableRandom random) {
        return switch (kind) {
            case SILENCE -> 0;
            case NOISE -> (float) random.nextDouble(-1, 1);
            case LOUD -> (float) random.nextDouble(-1e30, 1e30);
            case DENORMALS -> Float.intBitsToFloat(random.nextInt(1 << 23));
            case NOT_A_NUMBER -> Float.NaN;
            case INFINITE ->
                    random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
            case MIXED -> sample(Input.values()[random.nextInt(6)], random);
        };
    }
}
