// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class RegionImageTest {
    private static final RegionDeclaration DECLARATION =
            RegionDeclaration.named("numbers")
                    .constants(
                            "numbers",
                            "",
                            StructType.named("number", "")
                                    .field(FieldType.FLOAT32, "single", "")
                                    .field(FieldType.FLOAT32, "after", "")
                                    .field(FieldType.FLOAT64, "wide", "")
                                    .field(FieldType.INT16, "whole", "")
                                    .build(),
                            2)
                    .build();

    @Test
    void aFloatFieldTakesAsManyBytesAsItHasAndNoneOfItsNeighbours() {
        final Section numbers = DECLARATION.section("numbers");
        final RegionImage image = new RegionImage(DECLARATION);
        image.set(numbers, 1, "after", -3.0)
                .set(numbers, 1, "single", 0.1)
                .set(numbers, 1, "wide", 7);
        final ByteBuffer bytes = image.bytes().order(ByteOrder.nativeOrder());
        final int at = (int) numbers.elementOffset(1);
        assertEquals(0.1f, bytes.getFloat(at));
        assertEquals(-3f, bytes.getFloat(at + 4));
        assertEquals(7.0, bytes.getDouble(at + 8));
        assertEquals(
                "The field \"whole\" of \"numbers\" is no float, so 0.5 cannot be set.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> image.set(numbers, 1, "whole", 0.5))
                        .getMessage());
    }
}
