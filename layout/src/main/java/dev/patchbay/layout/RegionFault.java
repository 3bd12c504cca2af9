// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/**
 * What can be wrong with the bytes of a region, in the order in which it is looked for. Java and C refuse a region for the same fault,
 * with the same numbers and in the same words: the header's constants and texts are made from these.
 *
 * <p>Not faults, since later versions may add them: kinds of sections and scalar types that this version does not know, bytes behind
 * the 0 that ends a name, bytes between and behind the sections, and whatever the sections hold: who reads a section's values
 * checks them.
 */
public enum RegionFault {
    /** The file is too short for a header. */
    TOO_SHORT(
            1,
            "it is shorter than a region's header",
            "its file has %f bytes, expected at least %l"),
    /** The file cannot be mapped as one piece. */
    TOO_LONG(2, "it is longer than a region can be", "its file has %f bytes, expected at most %h"),
    /** The first eight bytes. */
    MAGIC(3, "its magic is not that of a region", "its magic is %F, expected %L"),
    /** Made on a machine of the other byte order. */
    BYTE_ORDER(
            4,
            "its byte order is not this machine's",
            "its byte order mark is %F, expected %L: it was made on a machine of another byte"
                    + " order"),
    /** Made by another version. */
    FORMAT_VERSION(
            5,
            "its format version is not the one that this program reads",
            "its format version is %f, expected %l: it was made by another version of Patchbay, so"
                    + " build both sides with the same one"),
    /** Not complete yet, or never. */
    READY(
            6,
            "its ready word is not set",
            "its ready word is %F, expected %L: whoever makes it has not finished"),
    /** Truncated or extended. */
    LENGTH(
            7,
            "its length is not that of its file",
            "its length is %f, expected %l, which its file has"),
    /** The directory is elsewhere. */
    DIRECTORY_OFFSET(
            8,
            "its directory is not where this format has it",
            "its directory offset is %f, expected %l"),
    /** None, or more sections than there can be. */
    SECTION_COUNT(
            9,
            "its section count is not one that a region can have",
            "its section count is %f, expected %l to %h"),
    /** The directory runs past the end. */
    DIRECTORY_END(
            10, "its directory runs past its end", "its directory ends at %f, expected at most %h"),
    /** The region's name; {@code found} is the place of the first byte that is wrong. */
    NAME(
            11,
            "its name is no identifier",
            "its name is \"%n\", expected a lower-case letter, then at most %h lower-case letters,"
                    + " digits or underscores, then a 0 byte"),
    /** The name of a role, whose code is {@code found}. */
    ROLE_NAME(
            12,
            "the name of a role is no identifier",
            "the name of its role %f is \"%n\", expected a lower-case letter, then at most %h"
                    + " lower-case letters, digits or underscores, then a 0 byte"),
    /** Two roles of one name: {@code found} is the code of the second. */
    ROLE_REPEATED(
            13,
            "two of its roles have one name",
            "the name of its role %f is \"%n\", expected another than that of role %l"),
    /** A section's name; {@code found} is the place of the first byte that is wrong. */
    SECTION_NAME(
            14,
            "the name of a section is no identifier",
            "the name of its %s is no identifier from byte %f on, expected a lower-case letter,"
                    + " then at most %h lower-case letters, digits or underscores, then a 0 byte"),
    /** Two sections of one name: {@code found} is the number of the second. */
    SECTION_REPEATED(
            15,
            "two of its sections have one name",
            "the name of its %s is that of section %l, expected one of its own"),
    /** A section that overlaps the one before, is misaligned or starts outside. */
    SECTION_OFFSET(
            16,
            "a section overlaps the one before it, is misaligned or starts outside",
            "the offset of its %s is %f, expected a multiple of 128 from %l to %h"),
    /** A section that ends outside, or is too short for its kind. */
    SECTION_LENGTH(
            17,
            "a section is too short for its kind or ends outside",
            "the length of its %s is %f, expected a multiple of 128 from %l to %h"),
    /** Elements that start within the section's head, behind its end or misaligned. */
    ELEMENTS_OFFSET(
            18,
            "a section's elements start within its head, behind its end or misaligned",
            "the elements of its %s start at %f, expected a multiple of 8 from %l to %h"),
    /** Elements that are too small or too large. */
    STRIDE(
            19,
            "a section's elements are too small for its kind or larger than the section",
            "the stride of its %s is %f, expected %l to %h"),
    /** Elements of which some would be misaligned. */
    STRIDE_UNIT(
            20,
            "a section's elements are misaligned",
            "the stride of its %s is %f, expected a multiple of %l"),
    /** Copies that overlap, are misaligned or do not fit. */
    COPY_STRIDE(
            21,
            "a section's copies overlap, are misaligned or do not fit",
            "the copy stride of its %s is %f, expected a multiple of 8 from %l to %h"),
    /** No element, or more than fit into a copy. */
    COUNT(
            22,
            "a section has no element or more than fit",
            "the count of its %s is %f, expected %l to %h"),
    /** A queue whose positions could not wrap. */
    CAPACITY(
            23,
            "the capacity of a queue is no power of two",
            "the count of its %s is %f, expected a power of two of at most %h"),
    /** More copies than fit, or not as many as the kind has. */
    COPIES(
            24,
            "a section has another number of copies than its kind, or more than fit",
            "its %s has %f copies, expected %l to %h"),
    /** Writers that are no roles of the region. */
    WRITERS(
            25,
            "a section is written by roles that are none of the region's",
            "the writers of its %s are %F, expected a subset of its roles %H"),
    /** Readers that are no roles of the region. */
    READERS(
            26,
            "a section is read by roles that are none of the region's",
            "the readers of its %s are %F, expected a subset of its roles %H"),
    /** A description that is nowhere, or that is the section itself. */
    DESCRIBED_BY(
            27,
            "a section is described by itself or by one that does not exist",
            "its %s is described by section %f, expected another one up to %h, or 0 for none"),
    /** Parameters of which some are not described. */
    DESCRIPTIONS(
            28,
            "a section of parameters has more than are described",
            "its %s has %f parameters, expected at most the %h that section %l describes"),
    /** A look-up: there is no section of this name. */
    MISSING(29, "a section is missing", "its section \"%n\" is missing, expected one of this name"),
    /** A look-up: the section of this name has another shape. */
    HASH(
            30,
            "a section has another shape than this program was built for",
            "the hash of its %s is %F, expected %L: it was made from another declaration of that"
                    + " section");

    private final int code;
    private final String summary;
    private final String template;

    RegionFault(final int code, final String summary, final String template) {
        this.code = code;
        this.summary = summary;
        this.template = template;
    }

    /** {@return the number that stands for this fault in C, from 1} */
    public int code() {
        return code;
    }

    /** {@return what is wrong, without the numbers} */
    public String summary() {
        return summary;
    }

    /**
     * {@return the sentence, without the final stop, with places for what was found: {@code %f} and {@code %F} for the number
     * found, {@code %l} and {@code %L} for the least expected, {@code %h} and {@code %H} for the highest, in decimal and in
     * hexadecimal digits, {@code %n} for a name and {@code %s} for the section by number and name}
     */
    public String template() {
        return template;
    }
}
