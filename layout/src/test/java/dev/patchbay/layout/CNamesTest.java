// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two names of a declaration that would be one in C are found when it is built. */
class CNamesTest {
    private static final StructType PAIR =
            StructType.named("pair", "").field(FieldType.INT32, "x", "").build();

    private static String refusal(final RegionBuilder builder) {
        return assertThrows(IllegalArgumentException.class, builder::build).getMessage();
    }

    private static RegionBuilder region() {
        return RegionDeclaration.named("small");
    }

    @Test
    void aCounterThatWouldBeAFactOfItsSectionIsRefused() {
        assertEquals(
                "In the header of the region \"small\", the count of the section \"s\" and the"
                        + " counter \"count\" of the section \"s\" would both be PB_SMALL_S_COUNT."
                        + " Rename one of them.",
                refusal(region().counters("s", "", Role.RT, "a", "count")));
        for (final String fact : List.of("name", "hash", "offset", "length", "stride")) {
            assertTrue(
                    refusal(region().counters("s", "", Role.RT, fact))
                            .contains("\"" + fact + "\""));
        }
    }

    @Test
    void whatMeetsAcrossSectionsIsRefused() {
        assertEquals(
                "In the header of the region \"small\", the counter \"b_name\" of the section \"a\""
                        + " and the name of the section \"a_b\" would both be PB_SMALL_A_B_NAME."
                        + " Rename one of them.",
                refusal(
                        region().counters("a", "", Role.RT, "b_name")
                                .array("a_b", "", Role.RT, FieldType.INT8, 1)));
        assertEquals(
                "In the header of the region \"small\", the elements offset of the section \"a\""
                        + " and the offset of the section \"a_elements\" would both be"
                        + " PB_SMALL_A_ELEMENTS_OFFSET. Rename one of them.",
                refusal(
                        region().array("a", "", Role.RT, FieldType.INT8, 1)
                                .array("a_elements", "", Role.RT, FieldType.INT8, 1)));
    }

    @Test
    void whatMeetsARoleIsRefused() {
        assertTrue(
                refusal(region().array("x", "", new Role("count", 0), FieldType.INT8, 1))
                        .contains("the number of roles and the role \"count\" would both be"));
        assertTrue(
                refusal(region().array("role", "", new Role("name", 0), FieldType.INT8, 1))
                        .contains("PB_SMALL_ROLE_NAME"));
        assertTrue(
                refusal(region().array("role", "", new Role("one", 0), FieldType.INT8, 1))
                        .contains("PB_SMALL_ROLE_COUNT"));
    }

    @Test
    void aStructThatWouldBeAFunctionOfASectionIsRefused() {
        final StructType struct =
                StructType.named("values_find", "").field(FieldType.INT32, "x", "").build();
        assertEquals(
                "In the header of the region \"small\", the struct \"values_find\" and the function"
                        + " \"find\" of the section \"values\" would both be pb_small_values_find."
                        + " Rename one of them.",
                refusal(
                        region().array("values", "", Role.RT, FieldType.INT8, 1)
                                .constants("words", "", struct, 1)));
    }

    /** In one program, the names of a region must not begin with another's, whatever the sections are called. */
    @Test
    void thePrefixOfARegionIsOneWord() {
        final RegionDeclaration one =
                RegionDeclaration.named("a_b").constants("c", "", PAIR, 1).build();
        final RegionDeclaration other =
                RegionDeclaration.named("a").constants("b_c", "", PAIR, 1).build();
        assertEquals("PB_AB_C_NAME", CNames.of(one).fact(one.section("c"), CNames.Fact.NAME));
        assertEquals(
                "PB_A_B_C_NAME", CNames.of(other).fact(other.section("b_c"), CNames.Fact.NAME));
        assertEquals("pb_ab_pair", CNames.of(one).type(PAIR));
    }

    @Test
    void aRegionWithThePrefixOfTheCommonPartIsRefused() {
        for (final String name : List.of("event", "magic", "triple", "role", "e_vent")) {
            assertTrue(
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> RegionDeclaration.named(name))
                            .getMessage()
                            .startsWith("\"" + name + "\" cannot name a region: in the generated"),
                    name);
        }
        assertEquals(
                "\"event\" cannot name a region: in the generated header, names that begin with"
                        + " \"pb_event\" are the library's own. Add a word, such as \"my_event\".",
                assertThrows(IllegalArgumentException.class, () -> RegionDeclaration.named("event"))
                        .getMessage());
        assertEquals(
                "event_log",
                RegionDeclaration.named("event_log").constants("c", "", PAIR, 1).build().name());
    }

    /** Its bytes, not the object, say whether a struct is one of those that every header has. */
    @Test
    void aStructWithTheNameAndTheBytesOfACommonOneIsThatOne() {
        final StructType same =
                StructType.named("parameter_change", "the same, declared again")
                        .field(FieldType.FLOAT32, "value", "")
                        .field(FieldType.UINT32, "transaction", "")
                        .build();
        final StructType other =
                StructType.named("parameter_change", "").field(FieldType.INT8, "x", "").build();
        final CNames names = CNames.of(Small.DECLARATION);
        assertTrue(CNames.isCommon(same));
        assertEquals("pb_parameter_change", names.type(same));
        assertFalse(CNames.isCommon(other));
        assertEquals("pb_small_parameter_change", names.type(other));
    }
}
