// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.ProcessStart;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParticipantTest {
    @TempDir private Path folder;
    private Path file;
    private Region region;

    /** A module. */
    public static final class Module implements Callable<String> {
        /** Made by the participant. */
        public Module() {}

        @Override
        public String call() {
            return "called";
        }
    }

    /** A module that cannot be made: its constructor takes an argument. */
    public static final class Closed implements Callable<String> {
        private final String text;

        /** Takes what nobody has. */
        public Closed(final String text) {
            this.text = text;
        }

        @Override
        public String call() {
            return text;
        }
    }

    /** A module whose constructor fails. */
    public static final class Failing implements Callable<String> {
        /** Fails. */
        public Failing() {
            throw new IllegalStateException("no sound card");
        }

        @Override
        public String call() {
            return "";
        }
    }

    @BeforeEach
    void create() {
        file = folder.resolve("region");
        region = Region.create(file, new PluginImage(StandardRegion.Counts.DEFAULT).image());
    }

    @AfterEach
    void close() {
        region.close();
    }

    private String[] options(final Class<?> module) {
        return new String[] {
            "--region", file.toString(),
            "--id", region.instanceId(),
            "--host", "4711",
            "--generation", "2",
            "--module", module.getName()
        };
    }

    private static String refusal(final String... args) {
        return assertThrows(IllegalArgumentException.class, () -> Participant.attach(Role.RT, args))
                .getMessage();
    }

    @Test
    void aFullCommandLineLeadsToTheRegion() {
        final Participant p = Participant.attach(Role.RT, options(Module.class));
        assertEquals(4711, p.hostPid());
        assertEquals(Module.class.getName(), p.moduleClass());
        assertEquals(region.instanceId(), p.region().instanceId());
        assertSame(p.region().buffer(), p.buffer());
        p.identify("Epsilon");
        final SectionEntry roles = p.section(StandardRegion.ROLES);
        final int at = roles.elementOffset(Role.RT.code());
        final long pid = ProcessHandle.current().pid();
        assertEquals(pid, region.loads().int32(at + StandardStructs.ROLE.offset("pid")));
        assertEquals(2, region.loads().int32(at + StandardStructs.ROLE.offset("generation")));
        assertEquals(
                ProcessStart.of(pid),
                region.loads().int64(at + StandardStructs.ROLE.offset("start_time")));
        p.region().close();
    }

    @Test
    void aMissingOptionIsRefusedWithTheOnesThatAreNeeded() {
        assertEquals(
                "A module's process takes --region PATH --id HEX --host PID --generation N --module"
                        + " CLASS, but was given: --region /x",
                refusal("--region", "/x"));
    }

    @Test
    void anUnknownOptionAndALoneWordAreRefused() {
        final String[] args = options(Module.class);
        args[4] = "--hots";
        assertTrue(refusal(args).contains("--hots 4711"));
        assertTrue(refusal("--region").endsWith("but was given: --region"));
        assertTrue(refusal().endsWith("but was given: "));
    }

    @Test
    void anotherRegionOfTheSameNameIsRefusedByItsId() {
        final String[] args = options(Module.class);
        args[3] = "00";
        final RegionException e =
                assertThrows(RegionException.class, () -> Participant.attach(Role.RT, args));
        assertEquals(
                file
                        + " is the region "
                        + region.instanceId()
                        + ", expected 00: its owner has replaced it.",
                e.getMessage());
    }

    @Test
    void aRefusedAttachLeavesNothingMapped() throws IOException {
        final String[] args = options(Module.class);
        final String host = args[5];
        args[5] = "many";
        final long before = mappings();
        assertEquals("The option --host takes a number, but was given many.", refusal(args));
        args[5] = host;
        args[3] = "00";
        assertThrows(RegionException.class, () -> Participant.attach(Role.RT, args));
        assertEquals(before, mappings());
    }

    @Test
    void joinsTheRegionOfAFurtherInstanceAndRefusesAnother() throws IOException {
        final Participant first = Participant.attach(Role.RT, options(Module.class));
        final long before = mappings();
        final Participant second = first.join(file, region.instanceId(), 7);
        assertEquals(first.moduleClass(), second.moduleClass());
        assertEquals(first.hostPid(), second.hostPid());
        second.region().close();
        assertThrows(RegionException.class, () -> first.join(file, "00", 1));
        assertEquals(before, mappings());
        first.region().close();
    }

    private long mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.endsWith(file.toString()))
                .count();
    }

    @Test
    void theModuleIsMadeByItsConstructor() throws Exception {
        final Participant p = Participant.attach(Role.RT, options(Module.class));
        assertEquals("called", p.newModule(Callable.class).call());
        p.region().close();
    }

    @Test
    void aModuleThatCannotBeMadeIsRefusedByName() {
        assertTrue(
                reason(Closed.class.getName(), Callable.class)
                        .endsWith(
                                "Closed needs to be public, with a public constructor without"
                                        + " arguments."));
        assertTrue(
                reason(Failing.class.getName(), Callable.class)
                        .endsWith(
                                "Failing failed: java.lang.IllegalStateException: no sound"
                                        + " card."));
        assertTrue(
                reason(Module.class.getName(), Comparable.class)
                        .endsWith("Module does not implement java.lang.Comparable."));
        assertEquals(
                "The module class no.Such is not in the bundle's jars: check build.yaml and rebuild"
                        + " the bundle.",
                reason("no.Such", Callable.class));
    }

    private String reason(final String module, final Class<?> type) {
        final String[] args = options(Module.class);
        args[9] = module;
        final Participant p = Participant.attach(Role.RT, args);
        try {
            return assertThrows(IllegalArgumentException.class, () -> p.newModule(type))
                    .getMessage();
        } finally {
            p.region().close();
        }
    }
}
