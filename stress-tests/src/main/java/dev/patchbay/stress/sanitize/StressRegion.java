// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.sanitize;

import static dev.patchbay.layout.Role.BRIDGE;
import static dev.patchbay.layout.Role.CONTROL;
import static dev.patchbay.layout.Role.RT;

import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.util.Set;

/** The region of the C scenarios: a section for each primitive, small where being full or crossing an end is what is looked for. */
final class StressRegion {
    private static final StructType PAIR =
            StructType.named("pair", "Two words that belong together.")
                    .field(FieldType.INT64, "first", "")
                    .field(FieldType.INT64, "second", "")
                    .build();

    /** The harness makes all from the first section on inaccessible, so that one stays the first. */
    static final RegionDeclaration DECLARATION =
            RegionDeclaration.named("stress")
                    .array("ints", "cells", RT, FieldType.INT32, 8)
                    .array("longs", "cells", RT, FieldType.INT64, 8)
                    .array("floats", "cells", RT, FieldType.FLOAT32, 8)
                    .array("doubles", "cells", RT, FieldType.FLOAT64, 8)
                    .array("data", "plain data", RT, FieldType.INT64, 1 << 16)
                    .meters("levels", "meters", RT, 2)
                    .voiceStates("voices", "voices", RT, 2)
                    .counters("counts", "counters", RT, "first", "second")
                    .histogram("times", "counted values", RT)
                    .bitset("changed", "dirty bits", Set.of(RT, CONTROL), BRIDGE, 70)
                    .array("taken", "a cell for each bit", BRIDGE, FieldType.INT32, 70)
                    .tripleBuffer("triple", "pairs", RT, CONTROL, PAIR, 3)
                    .tripleBuffer(
                            "from_host",
                            "bulk changes",
                            BRIDGE,
                            RT,
                            StandardStructs.PARAMETER_CHANGE,
                            3)
                    .tripleBuffer(
                            "from_control",
                            "bulk changes",
                            CONTROL,
                            RT,
                            StandardStructs.PARAMETER_CHANGE,
                            3)
                    .snapshot("state", "a pair", RT, PAIR)
                    .blob("bytes", "bytes", CONTROL, BRIDGE, 100)
                    .eventQueue("events", "events", BRIDGE, RT, 16)
                    .sharedEventQueue("shared_events", "events", Set.of(RT, CONTROL), BRIDGE, 16)
                    .broadcast("news", "pairs", RT, PAIR, 8)
                    .eventQueue("sysex_events", "events with messages", BRIDGE, RT, 64)
                    .ring("sysex_bytes", "messages", BRIDGE, RT, 512)
                    .ring("ring", "records", RT, CONTROL, 512)
                    .sharedRing("shared_ring", "records", Set.of(RT, CONTROL), BRIDGE, 512)
                    .array("bells", "words and flags of doorbells", RT, FieldType.UINT32, 4)
                    .roles("roles", "role cells", Role.STANDARD)
                    .build();

    private StressRegion() {}
}
