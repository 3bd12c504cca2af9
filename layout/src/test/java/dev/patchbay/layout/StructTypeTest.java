// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructTypeTest {
    private static String refusal(final Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }

    @Test
    void eachFieldLiesAtTheNextOffsetThatSuitsItsType() {
        final StructType s =
                StructType.named("mixed", "")
                        .field(FieldType.INT8, "a", "")
                        .field(FieldType.FLOAT64, "b", "")
                        .field(FieldType.INT16, "c", "")
                        .field(FieldType.FLOAT32, "d", "")
                        .array(FieldType.UTF8, "e", 3, "")
                        .field(FieldType.UINT16, "f", "")
                        .build();
        assertEquals(0, s.offset("a"));
        assertEquals(8, s.offset("b"));
        assertEquals(16, s.offset("c"));
        assertEquals(20, s.offset("d"));
        assertEquals(24, s.offset("e"));
        assertEquals(28, s.offset("f"));
        assertEquals(32, s.size());
        assertEquals(8, s.alignment());
        assertEquals(3, s.field("e").size());
    }

    @ParameterizedTest
    @EnumSource(FieldType.class)
    void aStructIsAlignedAsItsWidestScalarAndItsSizeIsAMultipleOfIt(final FieldType type) {
        final StructType s =
                StructType.named("one", "")
                        .field(type, "value", "")
                        .field(FieldType.INT8, "tail", "")
                        .build();
        assertEquals(type.size(), s.alignment());
        assertEquals(type.size() * 2, s.size());
    }

    @Test
    void alignMovesTheNextFieldOnly() {
        final StructType s =
                StructType.named("apart", "")
                        .field(FieldType.INT32, "a", "")
                        .align(128)
                        .field(FieldType.INT32, "b", "")
                        .field(FieldType.INT32, "c", "")
                        .build();
        assertEquals(128, s.offset("b"));
        assertEquals(132, s.offset("c"));
        assertEquals(136, s.size());
    }

    @Test
    void aFieldThatIsNotThereIsRefusedByName() {
        assertEquals(
                "The struct \"event\" has no field \"velocity\".",
                refusal(() -> EventDescriptor.STRUCT.field("velocity")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Upper",
                "a-b",
                "9lives",
                "_x",
                "a b",
                "ä",
                "a\n",
                "a123456789012345678901234567890123456789012345678"
            })
    void aNameThatIsNoIdentifierIsRefused(final String name) {
        assertEquals(
                "The name of a struct must be a lower-case letter followed by at most 46 lower-case"
                        + " letters, digits or underscores, but it is \""
                        + name
                        + "\".",
                refusal(() -> StructType.named(name, "")));
    }

    @Test
    void aNameOfFortySevenLettersIsTaken() {
        assertEquals(
                47,
                StructType.named("a".repeat(47), "")
                        .field(FieldType.INT8, "x", "")
                        .build()
                        .name()
                        .length());
        refusal(() -> StructType.named("a".repeat(48), ""));
        refusal(() -> StructType.named(null, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int",
                "class",
                "register",
                "final",
                "concept",
                "co_await",
                "restrict",
                "sealed",
                "permits",
                "yield",
                "typeof_unqual",
                "nullptr"
            })
    void aKeywordOfAnyOfTheLanguagesIsRefused(final String word) {
        assertEquals(
                "\"" + word + "\" cannot name a field: it is a keyword of C, C++ or Java.",
                refusal(() -> StructType.named("s", "").field(FieldType.INT8, word, "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"errno", "stdin", "linux", "unix", "st_mtime", "si_pid", "signals"})
    void aFieldThatHeadersDefineAsAMacroIsRefusedAndAStructOfThatNameIsNot(final String word) {
        assertEquals(
                "\""
                        + word
                        + "\" cannot name a field: it is a macro of a common C or C++ header, or of"
                        + " the compiler.",
                refusal(() -> StructType.named("s", "").field(FieldType.INT8, word, "")));
        assertEquals(
                word, StructType.named(word, "").field(FieldType.INT8, "x", "").build().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a__b", "a_"})
    void aNameThatCppKeepsForItselfIsRefused(final String name) {
        assertEquals(
                "\""
                        + name
                        + "\" cannot name a struct: C++ keeps names with two underscores in a row"
                        + " for itself, and a name that ends with one may become such a name.",
                refusal(() -> StructType.named(name, "")));
    }

    @Test
    void namesThatTheHeaderUsesAreRefused() {
        assertEquals(
                "\"pb_gap_0\" cannot name a field: what begins with \"pb_\" is the generated"
                        + " header's own.",
                refusal(() -> StructType.named("s", "").field(FieldType.INT8, "pb_gap_0", "")));
        assertEquals(
                "\"uint8_t\" cannot name a field: it is a type that the generated header uses.",
                refusal(() -> StructType.named("s", "").field(FieldType.INT8, "uint8_t", "")));
    }

    @Test
    void twoFieldsOfOneNameAreRefused() {
        assertEquals(
                "The struct \"s\" has two fields named \"x\".",
                refusal(
                        () ->
                                StructType.named("s", "")
                                        .field(FieldType.INT8, "x", "")
                                        .field(FieldType.INT16, "x", "")));
    }

    @Test
    void emptyStructsAndArraysAreRefused() {
        assertEquals(
                "The struct \"s\" has no fields.",
                refusal(() -> StructType.named("s", "").build()));
        assertEquals(
                "The field \"x\" needs at least one element, but has 0.",
                refusal(() -> StructType.named("s", "").array(FieldType.INT8, "x", 0, "")));
    }

    @Test
    void theFixedStructsHaveTheSizesThatTheFormatNames() {
        assertEquals(32, EventDescriptor.SIZE);
        assertEquals(256, RegionHeader.DIRECTORY_OFFSET);
        assertEquals(112, RegionHeader.ENTRY.size());
        assertEquals(8, StandardStructs.PARAMETER_CHANGE.size());
    }
}
