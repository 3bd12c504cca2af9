// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.state;

import dev.patchbay.layout.Loads;
import dev.patchbay.layout.MappedRegion;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Which plug-in something belongs to.
 *
 * @param uid the class id, 32 upper-case hexadecimal digits; it alone tells plug-ins apart
 * @param vendor who made it
 * @param name what it is called
 */
public record PluginIdentity(String uid, String vendor, String name) {
    /** Checks the class id, and writes it in upper case. */
    public PluginIdentity {
        if (!isUid(uid)) {
            throw new IllegalArgumentException(
                    "A class id has 32 hexadecimal digits, but this one is \"" + uid + "\".");
        }
        uid = uid.toUpperCase(Locale.ROOT);
    }

    /**
     * {@return whether a text is a class id: 32 hexadecimal digits, in either case}
     *
     * @param text any text
     */
    public static boolean isUid(final String text) {
        return text.matches("[0-9A-Fa-f]{32}");
    }

    /**
     * {@return the identity of the plug-in whose region this is}
     *
     * @param region a standard region
     */
    public static PluginIdentity of(final MappedRegion region) {
        final SectionEntry section =
                region.section(StandardRegion.prebuilt().section(StandardRegion.PLUGIN));
        final Loads loads = region.loads();
        final int at = section.elementOffset(0);
        final var info = StandardStructs.PLUGIN_INFO;
        return new PluginIdentity(
                HexFormat.of()
                        .formatHex(loads.bytes(at + info.offset("uid"), info.field("uid").count())),
                loads.text(at + info.offset("vendor"), info.field("vendor").count()),
                loads.text(at + info.offset("name"), info.field("name").count()));
    }

    @Override
    public String toString() {
        return name + " by " + vendor;
    }
}
