// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.atomics.RoleCell;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.ReadOnlyRegion;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import dev.patchbay.tools.inspect.RegionReading.Creator;
import dev.patchbay.tools.inspect.RegionReading.Participant;
import dev.patchbay.tools.inspect.RegionReading.SectionReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads regions whose declaration it does not know: by the directory and the schema. It maps them for loads only and tells no one;
 * so it can look at any region, also a damaged one, and disturbs none.
 */
final class RegionInspector {
    private static final double NANOS = 1e9;

    private RegionInspector() {}

    /**
     * Reads a region once.
     *
     * @param label what the reader is told that the file is
     * @param seen remembers which windows of meters were shown
     * @throws RegionException if it cannot be opened or trusted, or is cut off while it is read
     */
    static RegionReading read(final Path file, final String label, final SeenWindows seen) {
        try (ReadOnlyRegion region = Region.attachReadOnly(file)) {
            final List<SectionEntry> entries = List.copyOf(region.entries());
            final SchemaReader schema = schema(region.loads(), entries);
            final SectionDecoder decoder =
                    new SectionDecoder(
                            region.loads(),
                            entries,
                            schema,
                            code -> names(region, 1 << code).get(0),
                            region.instanceId(),
                            seen);
            final List<SectionReading> sections = new ArrayList<>();
            for (final SectionEntry e : entries) {
                final SectionEntry describer = decoder.describer(e);
                sections.add(
                        new SectionReading(
                                e.name(),
                                e.kind() == null ? null : e.kind().label(),
                                schema.comment(e.name()),
                                e.offset(),
                                e.length(),
                                e.count(),
                                names(region, e.writers()),
                                names(region, e.readers()),
                                describer == null ? null : describer.name(),
                                decoder.decode(e)));
            }
            return new RegionReading(
                    label,
                    region.name(),
                    region.length(),
                    String.format(Locale.ROOT, "%016x", region.layoutHash()),
                    region.instanceId(),
                    creator(region),
                    participants(region, entries),
                    sections,
                    schema.problem().isEmpty() ? List.of() : List.of(schema.problem()));
        } catch (final InternalError e) {
            // How the VM reports a load from a page that the file no longer has.
            throw new RegionException(
                    file + " was cut off while it was read: " + e.getMessage(), e);
        }
    }

    private static SchemaReader schema(final Loads loads, final List<SectionEntry> entries) {
        for (final SectionEntry e : entries) {
            if (e.kind() == SectionKind.SCHEMA && e.stride() == 1) {
                return SchemaReader.of(
                        new String(loads.bytes(e.elementOffset(0), e.count()), UTF_8));
            }
        }
        return SchemaReader.of("");
    }

    private static Creator creator(final ReadOnlyRegion region) {
        final int pid = region.creatorPid();
        final long start = region.creatorStartTime();
        final boolean alive = ProcessFacts.lives(pid, start);
        final var age = ProcessFacts.ageSeconds(pid, start);
        return new Creator(
                pid,
                alive,
                alive ? ProcessFacts.command(pid) : "",
                age.isPresent() ? age.getAsDouble() : null);
    }

    private static List<String> names(final ReadOnlyRegion region, final int bits) {
        final List<String> names = new ArrayList<>();
        for (int code = 0; code < Integer.SIZE; code++) {
            if ((bits >>> code & 1) != 0) {
                final int wanted = code;
                names.add(
                        region.roles().stream()
                                .filter(role -> role.code() == wanted)
                                .map(Role::name)
                                .findFirst()
                                .orElse("role " + code));
            }
        }
        return names;
    }

    private static List<Participant> participants(
            final ReadOnlyRegion region, final List<SectionEntry> entries) {
        final StructType s = StandardStructs.ROLE;
        final SectionEntry cells =
                entries.stream()
                        .filter(e -> e.kind() == SectionKind.ROLES && e.stride() >= s.size())
                        .filter(e -> e.elementOffset(0) % Long.BYTES == 0)
                        .filter(e -> e.stride() % Long.BYTES == 0)
                        .findFirst()
                        .orElse(null);
        final List<Participant> participants = new ArrayList<>();
        for (final Role role : region.roles()) {
            participants.add(
                    cells == null || role.code() >= cells.count()
                            ? new Participant(
                                    role.name(), role.code(), null, 0, false, 0, null, "", "")
                            : participant(region.loads(), cells, role));
        }
        return participants;
    }

    private static Participant participant(
            final Loads loads, final SectionEntry cells, final Role role) {
        final int at = cells.elementOffset(role.code());
        final StructType s = StandardStructs.ROLE;
        // The state first: its acquire pairs with the release that follows all else.
        final String state = state(loads.int32(at + s.offset("state")));
        final int pid = loads.int32(at + s.offset("pid"));
        final long heartbeat = loads.int64(at + s.offset("heartbeat_nanos"));
        return new Participant(
                role.name(),
                role.code(),
                state,
                pid,
                ProcessFacts.lives(pid, loads.int64(at + s.offset("start_time"))),
                loads.int32(at + s.offset("generation")),
                // nanoTime is CLOCK_MONOTONIC on Linux, which is the heartbeat's clock.
                heartbeat == 0 ? null : Math.max(0, (System.nanoTime() - heartbeat) / NANOS),
                RoleCell.collectorOf(loads, cells, role),
                RoleCell.messageOf(loads, cells, role));
    }

    private static String state(final int state) {
        return switch (state) {
            case RoleState.NONE -> "none";
            case RoleState.ATTACHED -> "attached";
            case RoleState.READY -> "ready";
            case RoleState.FAILED -> "failed";
            case RoleState.LEAVING -> "leaving";
            default -> "unknown " + state;
        };
    }
}
