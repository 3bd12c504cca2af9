// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.FloatField;
import dev.patchbay.atomics.IntegerField;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.SnapshotReader;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.atomics.TextField;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StructType;
import java.util.Arrays;

/** Structs that are published whole and read by their fields, as production runs them, with what they promise. */
public final class StructScenarios {
    private static final StructType INNER =
            StructType.named("inner", "A struct in a struct.")
                    .array(FieldType.UINT8, "bytes", 3, "")
                    .field(FieldType.INT8, "sign", "")
                    .build();
    private static final StructType MIXED =
            StructType.named("mixed", "Fields of every kind of access.")
                    .field(FieldType.FLOAT64, "wide", "")
                    .field(FieldType.FLOAT32, "narrow", "")
                    .structs(INNER, "inner", 2, "")
                    .text("text", 4, "")
                    .build();

    private StructScenarios() {}

    /** One side publishes a struct with fields of every kind twice; the other reads it with two tries and finds them consistent. */
    public static Scenario fields() {
        final SectionScenarios.Place place =
                SectionScenarios.Place.of(r -> r.snapshot("it", "", Role.BRIDGE, MIXED));
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            final StringBuilder seen = new StringBuilder();
            setup.actor(
                    "writer",
                    () -> {
                        final Snapshot snapshot = Snapshot.over(memory, place.section());
                        for (int n = 1; n <= 2; n++) {
                            snapshot.write(filled(n));
                        }
                    });
            setup.actor(
                    "reader",
                    () -> {
                        final StructCopy copy = new StructCopy(MIXED);
                        final SnapshotReader reader =
                                SnapshotReader.over(Loads.over(memory), place.section());
                        if (reader.read(copy, 2)) {
                            seen.append(agreed(copy));
                        }
                    });
            setup.check(
                    () -> {
                        final StructCopy copy = new StructCopy(MIXED);
                        expect(
                                Snapshot.over(memory, place.section()).read(copy, 1)
                                        && agreed(copy) == 2,
                                "the last struct is read whole");
                        limits();
                    });
            setup.outcome(() -> seen);
        };
    }

    /** Each integer takes the least and the most that its type has, and no more; a text ends where its room does. */
    private static void limits() {
        final StructType type =
                StructType.named("limits", "An integer of each kind.")
                        .field(FieldType.INT8, "int8", "")
                        .field(FieldType.UINT8, "uint8", "")
                        .field(FieldType.INT64, "int64", "")
                        .field(FieldType.UINT64, "uint64", "")
                        .text("text", 4, "")
                        .build();
        final StructCopy copy = new StructCopy(type);
        takes(copy.integer("int8"), Byte.MIN_VALUE, Byte.MAX_VALUE);
        takes(copy.integer("uint8"), 0, 255);
        takes(copy.integer("int64"), Long.MIN_VALUE, Long.MAX_VALUE);
        takes(copy.integer("uint64"), Long.MIN_VALUE, Long.MAX_VALUE);
        expect(refuses(copy.integer("int8"), Byte.MIN_VALUE - 1), "less than the least is refused");
        expect(refuses(copy.integer("int8"), Byte.MAX_VALUE + 1), "more than the most is refused");
        expect(refuses(copy.integer("uint8"), -1), "less than the least is refused");
        expect(refuses(copy.integer("uint8"), 256), "more than the most is refused");
        Arrays.fill(copy.words(), 0x7878_7878_7878_7878L);
        expect(copy.text("text").get().equals("xxxx"), "a text ends with its room");
    }

    private static void takes(final IntegerField field, final long least, final long most) {
        field.set(least);
        expect(field.get() == least, "the least is taken");
        field.set(most);
        expect(field.get() == most, "the most is taken");
    }

    private static boolean refuses(final IntegerField field, final long value) {
        try {
            field.set(value);
            return false;
        } catch (final IllegalArgumentException e) {
            return true;
        }
    }

    private static StructCopy filled(final int n) {
        final StructCopy copy = new StructCopy(MIXED);
        copy.floating("wide").set(n + 0.1);
        copy.floating("narrow").set(-n);
        for (int i = 0; i < 2; i++) {
            final IntegerField bytes = copy.integer("inner[" + i + "].bytes");
            for (int b = 0; b < bytes.count(); b++) {
                bytes.set(b, 200 + b + n);
            }
            copy.integer("inner[" + i + "].sign").set(-n);
        }
        copy.text("text").set("n".repeat(n));
        return copy;
    }

    /** The number that all fields say. */
    private static int agreed(final StructCopy copy) {
        final FloatField narrow = copy.floating("narrow");
        final int n = (int) -narrow.get();
        if (n == 0) {
            expect(copy.floating("wide").get() == 0, "before the first all is 0");
            expect(copy.text("text").get().isEmpty(), "before the first all is 0");
            return 0;
        }
        expect(copy.floating("wide").get() == n + 0.1, "a wide number is as it was set");
        for (int i = 0; i < 2; i++) {
            final IntegerField bytes = copy.integer("inner[" + i + "].bytes");
            expect(bytes.count() == 3, "an array has its count");
            for (int b = 0; b < bytes.count(); b++) {
                expect(bytes.get(b) == 200 + b + n, "an unsigned integer is as it was set");
            }
            expect(
                    copy.integer("inner[" + i + "].sign").get() == -n,
                    "a signed integer is as it was set");
        }
        final TextField text = copy.text("text");
        expect(text.get().equals("n".repeat(n)), "a text is as it was set");
        return n;
    }
}
