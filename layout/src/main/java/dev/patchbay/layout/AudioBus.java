// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * A bus as a plug-in's build declares it. The channels of a region's audio blocks are those of the buses, one bus after the other, each
 * with as many as its largest arrangement has: so where a bus lies does not depend on what the host chose.
 *
 * @param name what a host shows, at most 63 bytes of UTF-8
 * @param direction where the sound goes
 * @param sideChain whether it is an auxiliary bus, which hosts leave inactive until something is connected to it
 * @param arrangements the speaker masks that it can have, 1 to {@value #MAX_ARRANGEMENTS}; the first is the default
 */
public record AudioBus(
        String name, Direction direction, boolean sideChain, List<Long> arrangements) {
    /** The most arrangements of a bus. */
    public static final int MAX_ARRANGEMENTS = 8;

    /** The most channels of a bus. */
    public static final int MAX_CHANNELS = 32;

    /** Where the sound of a bus goes. */
    public enum Direction {
        /** Into the plug-in. */
        INPUT,
        /** Out of the plug-in. */
        OUTPUT
    }

    /** Checks the arrangements. */
    public AudioBus {
        arrangements = List.copyOf(arrangements);
        if (arrangements.isEmpty() || arrangements.size() > MAX_ARRANGEMENTS) {
            throw new IllegalArgumentException(
                    "The bus \""
                            + name
                            + "\" has "
                            + arrangements.size()
                            + " arrangements, but 1 to "
                            + MAX_ARRANGEMENTS
                            + " are allowed.");
        }
        for (final long mask : arrangements) {
            if (mask == 0 || Long.bitCount(mask) > MAX_CHANNELS) {
                throw new IllegalArgumentException(
                        "An arrangement of the bus \""
                                + name
                                + "\" has "
                                + Long.bitCount(mask)
                                + " channels, but 1 to "
                                + MAX_CHANNELS
                                + " are allowed.");
            }
        }
    }

    /**
     * {@return a main bus with the usual arrangement of so many channels}
     *
     * @param direction where the sound goes
     * @param channels 1 to {@value #MAX_CHANNELS}
     */
    public static AudioBus main(final Direction direction, final int channels) {
        return new AudioBus(
                direction == Direction.INPUT ? "Input" : "Output",
                direction,
                false,
                List.of(Speakers.usualMask(channels)));
    }

    /** {@return the channels of its largest arrangement} */
    public int channels() {
        return arrangements.stream().mapToInt(Long::bitCount).max().orElseThrow();
    }

    /** {@return the channels of its default arrangement} */
    public int defaultChannels() {
        return Long.bitCount(arrangements.get(0));
    }

    /**
     * {@return the channels that buses of one direction have together}
     *
     * @param buses of both directions
     * @param direction that is counted
     */
    public static int channels(final List<AudioBus> buses, final Direction direction) {
        return of(buses, direction).stream().mapToInt(AudioBus::channels).sum();
    }

    /**
     * {@return the buses of one direction, in their order}
     *
     * @param buses of both directions
     * @param direction that is wanted
     */
    public static List<AudioBus> of(final List<AudioBus> buses, final Direction direction) {
        final List<AudioBus> found = new ArrayList<>();
        for (final AudioBus bus : buses) {
            if (bus.direction == direction) {
                found.add(bus);
            }
        }
        return found;
    }
}
