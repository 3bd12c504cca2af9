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
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    private String collector() {
        return RoleCell.collectorOf(region.loads(), roles, Role.CONTROL);
    }

    private String message() {
        return RoleCell.messageOf(region.loads(), roles, Role.CONTROL);
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
        assertEquals("G1", collector());
        assertEquals("", message());
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
        assertEquals("m".repeat(ROLE.field("message").count() - 1), message());
        cell.message("short");
        assertEquals("short", message());
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
        assertEquals("", message());
        assertTrue(collector().equals("G1"), collector());
    }

    @Test
    void aMessageThatChangesIsReadWhole() throws Exception {
        final List<String> messages = List.of("", "a".repeat(295), "b".repeat(100));
        final CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; n < 100_000; n++) {
                                cell.message(messages.get(n % 3));
                            }
                        });
        int read = 0;
        while (!writing.isDone()) {
            final String seen = message();
            assertTrue(messages.contains(seen), seen);
            read += seen.isEmpty() ? 0 : 1;
        }
        writing.get();
        assertTrue(read > 0, "nothing was read");
    }

    @Test
    void aTextThatItsWriterDiedInIsNotReadUntilTheSuccessorWrites() {
        cell.message("before");
        final int sequence = at + ROLE.offset("text_sequence");
        region.buffer().putLong(sequence, region.buffer().getLong(sequence) + 1);
        assertEquals("", message());
        cell.identify(2, 2, 2, "G1");
        assertEquals("G1", collector());
        assertEquals("", message());
        cell.message("after");
        assertEquals("after", message());
    }
}
