// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static dev.patchbay.layout.FieldType.FLOAT32;
import static dev.patchbay.layout.FieldType.FLOAT64;
import static dev.patchbay.layout.FieldType.INT16;
import static dev.patchbay.layout.FieldType.INT32;
import static dev.patchbay.layout.FieldType.INT64;
import static dev.patchbay.layout.FieldType.INT8;
import static dev.patchbay.layout.FieldType.UINT16;
import static dev.patchbay.layout.FieldType.UINT32;
import static dev.patchbay.layout.FieldType.UINT64;
import static dev.patchbay.layout.FieldType.UINT8;

import dev.patchbay.layout.AudioGeometry;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StructType;
import java.util.List;
import java.util.Set;

/** Five declarations that between them have every kind of section, every type of field and every way to nest structs. */
final class Declarations {
    static final Role DEVICE = new Role("device", 0);
    static final Role PANEL = new Role("panel", 1);
    static final Role LOGGER = new Role("logger", 5);

    static final StructType POINT =
            StructType.named("point", "A place in the room.")
                    .field(FLOAT64, "x", "metres")
                    .field(FLOAT64, "y", "metres")
                    .field(FLOAT32, "certainty", "0 to 1")
                    .build();

    static final StructType SENSOR =
            StructType.named("sensor", "What one sensor is and says.")
                    .text("label", 20, "as a person calls it")
                    .field(INT8, "channel", "")
                    .struct(POINT, "place", "where it stands")
                    .structs(POINT, "trail", 3, "where it stood")
                    .field(FLOAT64, "value", "the last one")
                    .array(INT16, "samples", 5, "")
                    .field(UINT64, "reading", "counts up")
                    .align(16)
                    .field(UINT8, "quality", "")
                    .build();

    static final StructType READING =
            StructType.named("reading", "A reading that is read whole.")
                    .field(INT64, "nanos", "CLOCK_MONOTONIC")
                    .struct(POINT, "place", "")
                    .field(INT32, "flags", "")
                    .align(8)
                    .field(FLOAT32, "value", "")
                    .field(FLOAT32, "error_bound", "")
                    .build();

    /** Structs of its own, nested, and an array of each scalar type. */
    static RegionDeclaration lab() {
        return RegionDeclaration.named("lab")
                .constants("floor_plan", "the corners", POINT, 4)
                .structs("sensors", "the sensors", DEVICE, SENSOR, 3)
                .array("int8_values", "", DEVICE, INT8, 3)
                .array("uint8_values", "", DEVICE, UINT8, 3)
                .array("int16_values", "", DEVICE, INT16, 3)
                .array("uint16_values", "", DEVICE, UINT16, 3)
                .array("int32_values", "", DEVICE, INT32, 3)
                .array("uint32_values", "", DEVICE, UINT32, 3)
                .array("int64_values", "", DEVICE, INT64, 3)
                .array("uint64_values", "", DEVICE, UINT64, 3)
                .array("float_values", "", DEVICE, FLOAT32, 3)
                .array("double_values", "", DEVICE, FLOAT64, 3)
                .counters("device_counters", "what it counts", DEVICE, "readings", "failures")
                .snapshot("latest", "the last reading, whole", DEVICE, READING)
                .tripleBuffer("targets", "where to go", PANEL, DEVICE, POINT, 7)
                .build();
    }

    /** What an instrument without a plug-in host has. */
    static RegionDeclaration mixer() {
        return RegionDeclaration.named("mixer")
                .parameters(
                        "faders",
                        "the faders",
                        PANEL,
                        List.of(
                                Parameter.of(1, "gain", "Gain").build(),
                                Parameter.of(2, "pan", "Pan").build()))
                .voiceStates("voices", "what plays", DEVICE, 16)
                .meters("levels", "peaks", DEVICE, 4)
                .histogram("block_times", "in nanoseconds", DEVICE)
                .bitset("touched", "faders that moved", Set.of(PANEL, LOGGER), DEVICE, 130)
                .roles("crew", "who is there", List.of(DEVICE, PANEL))
                .build();
    }

    /** All that carries messages. */
    static RegionDeclaration messages() {
        return RegionDeclaration.named("post_office")
                .eventQueue("notes", "to the device", PANEL, DEVICE, 8)
                .ring("journal", "to the logger", DEVICE, LOGGER, 1024)
                .sharedRing("complaints", "from anybody", Set.of(DEVICE, PANEL), LOGGER, 2048)
                .broadcast("news", "to whoever listens", DEVICE, READING, 8)
                .sharedEventQueue("wishes", "from anybody", Set.of(DEVICE, PANEL), LOGGER, 4)
                .blob("scene", "the last scene", PANEL, DEVICE, 100)
                .build();
    }

    /** Comments that would end a comment of C, and names that nearly are others. */
    static RegionDeclaration awkward() {
        return RegionDeclaration.named("x_1_y")
                .audioBlocks(
                        "audio",
                        "one channel in */ #error /* and\nthree out \\",
                        DEVICE,
                        PANEL,
                        new AudioGeometry(1, 3, 17))
                .constants(
                        "region",
                        "a struct of this region's own by the name of a common one //",
                        StructType.named("role", "*/ int x; /*")
                                .field(UINT8, "module", "\u202eturned around\u202c ??/")
                                .text("minor", 3, "a macro with parameters is none here")
                                .field(INT64, "major", "*")
                                .build(),
                        1)
                .counters("hash", "named as a macro's middle", LOGGER, "region", "x_count")
                .build();
    }

    /** All five. */
    static List<RegionDeclaration> all() {
        return List.of(
                StandardRegion.declare(StandardRegion.Counts.DEFAULT),
                lab(),
                mixer(),
                messages(),
                awkward());
    }

    private Declarations() {}
}
