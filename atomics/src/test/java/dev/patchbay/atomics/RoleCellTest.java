// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleCellTest {
    private static final RegionDeclaration SHAPES =
            StandardRegion.declare(StandardRegion.Counts.DEFAULT);
    private static final StructType ROLE = StandardStructs.ROLE;

    @TempDir private Path folder;
    private Region region;
    private SectionEntry roles;
    private RoleCell cell;
    private int at;

    @BeforeEach
    void create() {
        region =
                Region.create(
                        folder.resolve("region"),
                        new PluginImage(StandardRegion.Counts.DEFAULT).image());
        roles = region.section(SHAPES.section(StandardRegion.ROLES));
        cell = new RoleCell(region.buffer(), roles, Role.CONTROL);
        at = roles.elementOffset(Role.CONTROL.code());
    }

    @AfterEach
    void close() {
        region.close();
    }

    private String text(final String field) {
        return region.loads().text(at + ROLE.offset(field), ROLE.field(field).count());
    }

    @Test
    void whoServesIsSaidBeforeTheState() {
        cell.identify(4711, 123456789012L, 3, "G1");
        cell.heartbeat(42);
        assertEquals(0, RoleCell.stateOf(region.loads(), roles, Role.CONTROL));
        cell.state(StandardRegion.RoleState.READY);
        assertEquals(
                StandardRegion.RoleState.READY,
                RoleCell.stateOf(region.loads(), roles, Role.CONTROL));
        assertEquals(4711, region.loads().int32(at + ROLE.offset("pid")));
        assertEquals(123456789012L, region.loads().int64(at + ROLE.offset("start_time")));
        assertEquals(3, region.loads().int32(at + ROLE.offset("generation")));
        assertEquals(42, region.loads().int64(at + ROLE.offset("heartbeat_nanos")));
        assertEquals("G1", text("collector"));
        assertEquals("", text("message"));
    }

    @Test
    void theOtherRolesCellsStayAsTheyAre() {
        cell.identify(-1, -1, -1, "x".repeat(500));
        cell.message("x".repeat(500));
        cell.heartbeat(-1);
        cell.state(-1);
        for (final Role role : Role.STANDARD) {
            if (role != Role.CONTROL) {
                final int other = roles.elementOffset(role.code());
                for (int i = 0; i < roles.stride(); i += Long.BYTES) {
                    assertEquals(0, region.loads().int64(other + i), role + " at " + i);
                }
            }
        }
    }

    @Test
    void aLongMessageIsCutAndEnds() {
        cell.message("m".repeat(1000));
        assertEquals("m".repeat(ROLE.field("message").count() - 1), text("message"));
        cell.message("short");
        assertEquals("short", text("message"));
    }

    @Test
    void aNewProcessTakesTheOldStateAndMessageBack() {
        cell.identify(1, 1, 1, "Serial");
        cell.message("it failed");
        cell.state(StandardRegion.RoleState.FAILED);
        cell.identify(2, 2, 2, "G1");
        assertEquals(
                StandardRegion.RoleState.NONE,
                RoleCell.stateOf(region.loads(), roles, Role.CONTROL));
        assertEquals("", text("message"));
        assertTrue(text("collector").equals("G1"), text("collector"));
    }
}
