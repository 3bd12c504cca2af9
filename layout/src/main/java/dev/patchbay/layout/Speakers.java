// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * The speaker arrangements that a bus can have, by the names that people use for them. The mask has a bit for each speaker, as
 * VST 3 numbers them; channels come in the order of the bits.
 */
public enum Speakers {
    /** One speaker. */
    MONO("mono", 1 << 19),
    /** L R. */
    STEREO("stereo", 0x3),
    /** L R C. */
    LCR("lcr", 0x7),
    /** L R Ls Rs. */
    QUAD("quad", 0x33),
    /** L R C Ls Rs. */
    SURROUND_5_0("5.0", 0x37),
    /** L R C Lfe Ls Rs. */
    SURROUND_5_1("5.1", 0x3f),
    /** L R C Lfe Ls Rs Cs. */
    SURROUND_6_1("6.1", 0x13f),
    /** L R C Ls Rs Sl Sr. */
    SURROUND_7_0("7.0", 0x637),
    /** L R C Lfe Ls Rs Sl Sr. */
    SURROUND_7_1("7.1", 0x63f);

    private final String key;
    private final int mask;

    Speakers(final String key, final int mask) {
        this.key = key;
        this.mask = mask;
    }

    /** {@return the name, as build files have it} */
    public String key() {
        return key;
    }

    /** {@return a bit for each speaker} */
    public long mask() {
        return mask;
    }

    /** {@return the number of speakers} */
    public int channels() {
        return Integer.bitCount(mask);
    }

    /** {@return all names, in the order of their channel counts} */
    public static List<String> keys() {
        final List<String> keys = new ArrayList<>();
        for (final Speakers speakers : values()) {
            keys.add(speakers.key);
        }
        return keys;
    }

    /**
     * {@return the mask that is usual for so many channels; where none is, that of the first so many speakers}
     *
     * @param channels 1 to 32
     * @throws IllegalArgumentException for another number
     */
    public static long usualMask(final int channels) {
        if (channels < 1 || channels > 32) {
            throw new IllegalArgumentException(
                    "A bus has 1 to 32 channels, but " + channels + " were asked for.");
        }
        for (final Speakers speakers : values()) {
            if (speakers.channels() == channels) {
                return speakers.mask;
            }
        }
        return (1L << channels) - 1;
    }
}
