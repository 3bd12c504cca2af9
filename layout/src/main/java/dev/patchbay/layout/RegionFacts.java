// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What a region's header and directory said when they were checked: what is used later is what was checked. */
record RegionFacts(
        String name,
        List<Role> roles,
        String instanceId,
        int creatorPid,
        long creatorStartTime,
        long layoutHash,
        long length,
        Map<String, SectionEntry> entries) {

    /** Reads a header that was checked. */
    static RegionFacts read(final ByteBuffer h, final Map<String, SectionEntry> entries) {
        final StructType s = RegionHeader.STRUCT;
        final int id = s.offset("instance_id");
        return new RegionFacts(
                RegionValidator.text(h, s.offset("name"), s.field("name").count(), ISO_8859_1),
                roles(h),
                String.format("%016x%016x", h.getLong(id), h.getLong(id + Long.BYTES)),
                h.getInt(s.offset("creator_pid")),
                h.getLong(s.offset("creator_start_time")),
                h.getLong(s.offset("layout_hash")),
                h.getLong(s.offset("length")),
                Collections.unmodifiableMap(entries));
    }

    private static List<Role> roles(final ByteBuffer h) {
        final List<Role> roles = new ArrayList<>();
        for (int code = 0; code <= Role.MAX_CODE; code++) {
            final String name = roleName(h, code);
            if (!name.isEmpty()) {
                roles.add(new Role(name, code));
            }
        }
        return List.copyOf(roles);
    }

    /** The bits of the roles that a header names. */
    static int roleBits(final ByteBuffer h) {
        int bits = 0;
        for (int code = 0; code <= Role.MAX_CODE; code++) {
            bits |= h.get(roleNameOffset(code)) == 0 ? 0 : 1 << code;
        }
        return bits;
    }

    /** The name of a role by its code; empty where the region has none. */
    static String roleName(final ByteBuffer h, final int code) {
        return RegionValidator.text(
                h, roleNameOffset(code), RegionHeader.ROLE_NAME.field("name").count(), ISO_8859_1);
    }

    static int roleNameOffset(final int code) {
        return RegionHeader.STRUCT.offset("roles")
                + code * RegionHeader.ROLE_NAME.size()
                + RegionHeader.ROLE_NAME.offset("name");
    }
}
