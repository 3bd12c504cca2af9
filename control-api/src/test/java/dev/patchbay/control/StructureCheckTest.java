// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.Union;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.StructType;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Structures that an author wrote by hand, right and wrong ones. */
class StructureCheckTest {
    private static final StructType POINT =
            StructType.named("point", "")
                    .field(FieldType.FLOAT32, "x", "")
                    .field(FieldType.FLOAT64, "y", "")
                    .build();
    private static final StructType SHAPE =
            StructType.named("shape", "")
                    .text("name", 5, "")
                    .structs(POINT, "points", 20, "")
                    .align(64)
                    .field(FieldType.UINT16, "colour", "")
                    .build();

    /** As declared: JNA pads between x and y by itself. */
    @FieldOrder({"x", "y"})
    public static class Point extends Structure {
        public float x;
        public double y;
    }

    /** As declared; the gap before the colour is the author's to fill. */
    @FieldOrder({"name", "points", "padding", "colour"})
    public static class Shape extends Structure {
        public static final int SIDES = 4;
        public byte[] name = new byte[5];
        public Point[] points = new Point[20];
        public byte[] padding = new byte[56];
        public short colour;
    }

    @FieldOrder({"y", "x"})
    public static class Swapped extends Structure {
        public float x;
        public double y;
    }

    @FieldOrder("x")
    public static class Shorter extends Structure {
        public float x;
    }

    @FieldOrder({"x", "y"})
    public static class Narrow extends Structure {
        public float x;
        public float y;
    }

    @FieldOrder({"x", "y", "z"})
    public static class Longer extends Structure {
        public float x;
        public double y;
        public byte z;
    }

    @FieldOrder({"x", "y"})
    public static class Packed extends Structure {
        public float x;
        public double y;

        public Packed() {
            super(ALIGN_NONE);
        }
    }

    @FieldOrder({"x", "y", "next"})
    public static class Linked extends Structure {
        public float x;
        public double y;
        public Pointer next;
    }

    @FieldOrder({"x", "y", "next"})
    public static class Chained extends Structure {
        /** Far, by reference. */
        public static class Next extends Point implements Structure.ByReference {}

        public float x;
        public double y;
        public Next next;
    }

    @FieldOrder({"x", "y"})
    public static class Texts extends Structure {
        public String x;
        public double y;
    }

    public static class Either extends Union {
        public float x;
        public double y;
    }

    @FieldOrder({"x", "y"})
    public static class Shut extends Structure {
        public float x;
        public double y;

        Shut(final int unused) {}
    }

    /** One point less, and more padding instead. */
    @FieldOrder({"name", "points", "padding", "colour"})
    public static class Fewer extends Structure {
        public byte[] name = new byte[5];
        public Point[] points = new Point[19];
        public byte[] padding = new byte[72];
        public short colour;
    }

    /** Its points are longer than declared. */
    @FieldOrder({"name", "points", "colour"})
    public static class Wider extends Structure {
        public byte[] name = new byte[5];
        public Longer[] points = new Longer[20];
        public short colour;
    }

    private static String refusal(final Structure own, final StructType struct) {
        final String message =
                assertThrows(IllegalArgumentException.class, () -> StructureView.check(own, struct))
                        .getMessage();
        final String start =
                "The structure "
                        + own.getClass().getName()
                        + " does not match the struct \""
                        + struct.name()
                        + "\": ";
        assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
        return message.substring(start.length());
    }

    @Test
    void aStructureThatMatchesIsTakenAndReadThrough() {
        StructureView.check(new Point(), POINT);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final int at = 64;
        buffer.putByte(at, (byte) 'q');
        buffer.putDouble(at + SHAPE.offset("points") + 19 * POINT.size() + 8, 4.5);
        buffer.putShort(at + SHAPE.offset("colour"), (short) 1234);
        final StructureView<Shape> view = StructureView.of(SHAPE, Shape::new);
        final Shape shape = view.copy(buffer, at);
        assertEquals("q", StructureView.text(shape, "name"));
        assertEquals(4.5, shape.points[19].y);
        assertEquals(1234, shape.colour);
        buffer.putShort(at + SHAPE.offset("colour"), (short) 99);
        assertSame(shape, view.refresh(shape, buffer, at));
        assertEquals(99, shape.colour);
    }

    @Test
    void whatDiffersIsSaidInASentence() {
        assertEquals(
                "its field \"x\" starts at byte 8, expected byte 0.",
                refusal(new Swapped(), POINT));
        assertEquals(
                "its field \"y\" starts at byte 4, expected byte 8.", refusal(new Packed(), POINT));
        assertEquals(
                "it has no public field \"y\", expected one of type double.",
                refusal(new Shorter(), POINT));
        assertEquals(
                "its field \"y\" is of type float, expected double.", refusal(new Narrow(), POINT));
        assertEquals("it has 24 bytes, expected 16.", refusal(new Longer(), POINT));
        assertEquals(
                "its field \"points\" is of type Structure[19], expected Structure[20].",
                refusal(new Fewer(), SHAPE));
        assertEquals(
                "its field \"points\", or an element of it, has 24 bytes, expected 16.",
                refusal(new Wider(), SHAPE));
    }

    /** JNA would follow a pointer that a check, or a region, has put there. */
    @Test
    void whatPointsElsewhereIsRefusedBeforeAnythingIsRead() {
        final String expected = ", expected a number, a structure by value, or an array of them.";
        assertEquals(
                "its field \"next\" is of type Pointer" + expected, refusal(new Linked(), POINT));
        assertEquals(
                "its field \"next\" is of type Next" + expected, refusal(new Chained(), POINT));
        assertEquals("its field \"x\" is of type String" + expected, refusal(new Texts(), POINT));
        assertEquals("it is a union, expected fields apart.", refusal(new Either(), POINT));
    }

    @Test
    void aClassOfWhichNoInstanceCanBeMadeIsRefused() {
        final String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> StructureView.of(POINT, () -> new Shut(1)))
                        .getMessage();
        assertEquals(
                "No instance of " + Shut.class.getName() + " can be made to be checked: ",
                message.substring(0, message.indexOf(": ") + 2));
        assertEquals(
                "Make the class public, with a public constructor without arguments.",
                message.substring(message.lastIndexOf("Make")));
    }
}
