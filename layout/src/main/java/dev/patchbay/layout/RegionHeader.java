// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.FieldType.INT32;
import static dev.patchbay.layout.FieldType.UINT32;
import static dev.patchbay.layout.FieldType.UINT64;

/** The bytes at the start of every region, and of its directory. */
public final class RegionHeader {
    /** The first eight bytes of a region: "PATCHBAY". */
    public static final long MAGIC = 0x5941424843544150L;

    /** The version of this header and of the section kinds. */
    public static final int FORMAT_VERSION = 1;

    /** Reads as this only in the writer's byte order. */
    public static final int BYTE_ORDER_MARK = 0x01020304;

    /** The value of the ready word of a complete region. */
    public static final int READY = 1;

    /** The most sections of a region. */
    public static final int MAX_SECTIONS = 256;

    /** Sections start and end at a multiple of this many bytes: two cache lines. */
    public static final int SECTION_ALIGNMENT = Layouts.LINE_PAIR;

    /** A role's name; the role's code is its index. */
    public static final StructType ROLE_NAME =
            StructType.named("role_name", "The name of a role.")
                    .text("name", Role.MAX_NAME + 1, "empty where the region has no such role")
                    .build();

    /** The header. */
    public static final StructType STRUCT =
            StructType.named("region_header", "The start of a region.")
                    .field(UINT64, "magic", "PATCHBAY")
                    .field(UINT32, "format_version", "of this header")
                    .field(UINT32, "byte_order", "0x01020304 in the writer's order")
                    .field(UINT64, "layout_hash", "of the whole declaration: identity, not a gate")
                    .field(UINT64, "length", "of the region in bytes")
                    .field(UINT32, "section_count", "")
                    .field(UINT32, "directory_offset", "")
                    .array(UINT64, "instance_id", 2, "random, made with the region")
                    .field(UINT64, "creator_start_time", "in clock ticks since boot")
                    .field(INT32, "creator_pid", "")
                    .field(UINT32, "ready", "1 once all else is written; release")
                    .text("name", 48, "of the declaration")
                    .structs(ROLE_NAME, "roles", Role.MAX_CODE + 1, "by code")
                    .build();

    /** An entry of the directory. */
    public static final StructType ENTRY =
            StructType.named("directory_entry", "Where a section is and what it is.")
                    .text("name", 48, "")
                    .field(UINT64, "offset", "from the start of the region; a multiple of 128")
                    .field(UINT64, "length", "a multiple of 128")
                    .field(UINT64, "hash", "of the section's shape")
                    .field(UINT32, "kind", "")
                    .field(UINT32, "elements_offset", "from the start of the section")
                    .field(UINT32, "stride", "from element to element")
                    .field(UINT32, "count", "of elements")
                    .field(UINT32, "copies", "arrays of count elements")
                    .field(UINT32, "copy_stride", "from array to array")
                    .field(UINT32, "writers", "bit set of roles; 0 for what is constant")
                    .field(UINT32, "readers", "bit set of roles")
                    .field(UINT32, "scalar", "type of an element; 0 for a struct")
                    .field(
                            UINT32,
                            "described_by",
                            "number of the section that describes the elements, from 1; 0 for none")
                    .build();

    /** Where the directory starts. */
    public static final int DIRECTORY_OFFSET = Layouts.align(STRUCT.size(), Layouts.LINE_PAIR);

    private RegionHeader() {}
}
