// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.layout.Loads;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.util.ArrayList;
import java.util.List;

/**
 * A bus of the plug-in, as the host has arranged it for this instance. Its channels are {@link #firstChannel()} and those after it of
 * {@link Block#input} or {@link Block#output}; where it lies does not depend on the arrangement. Input channels beyond those in use hold
 * silence, output channels beyond them are not heard.
 *
 * @param name as the build declares it
 * @param sideChain whether it is an auxiliary bus
 * @param firstChannel its first channel among those of its direction
 * @param channels that are in use: as many as the arrangement that the host chose has; 0 while the bus is inactive
 * @param room the channels of its largest arrangement
 */
public record Bus(String name, boolean sideChain, int firstChannel, int channels, int room) {
    private static final StructType INFO = StandardStructs.BUS_INFO;

    /** The buses of one direction, as they lie in a region. */
    static List<Bus> read(
            final Loads loads,
            final SectionEntry infos,
            final SectionEntry inUse,
            final boolean output) {
        final List<Bus> buses = new ArrayList<>();
        for (int i = 0; i < infos.count(); i++) {
            final int at = infos.elementOffset(i);
            final int room = loads.int32(at + INFO.offset("channels"));
            if (room > 0 && (loads.int32(at + INFO.offset("output")) != 0) == output) {
                buses.add(
                        new Bus(
                                loads.text(at + INFO.offset("name"), INFO.field("name").count()),
                                loads.int32(at + INFO.offset("side_chain")) != 0,
                                loads.int32(at + INFO.offset("first_channel")),
                                loads.int32(inUse.elementOffset(i)),
                                room));
            }
        }
        return List.copyOf(buses);
    }
}
