// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.EngineRegion.Command;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;

/** A real engine process under Epsilon, and the bridge's side of its own region: the commands. */
final class EngineCommander implements AutoCloseable {
    private static final long LIMIT_NANOS = 30_000_000_000L;

    /** One place for the bundle and for these tests. */
    private static final Path COMPILER =
            Path.of(
                    "../tools/cli/src/main/resources/dev/patchbay/tools/bundle/rt-compiler.options");

    final Process process;
    final Path log;
    private final Region region;
    private final AtomicBuffer buffer;
    private final List<String> starter;

    EngineCommander(
            final Path folder,
            final String moduleClass,
            final long hostPid,
            final List<String> starter)
            throws IOException {
        final Path file = folder.resolve("engine");
        this.log = folder.resolve("engine.log");
        this.starter = starter;
        this.region = Region.create(file, EngineRegion.image(EngineRegion.Share.BUNDLE));
        this.buffer = region.buffer();
        this.process = start(file, moduleClass, hostPid, starter);
        await("the engine to start", () -> state() == RoleState.READY);
    }

    private Process start(
            final Path file,
            final String moduleClass,
            final long hostPid,
            final List<String> starter)
            throws IOException {
        final List<String> command = new ArrayList<>(starter);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:+UseEpsilonGC",
                        "-Xmx128m",
                        "-XX:-UsePerfData"));
        // As in production: late compilations would have the engine's thread make string constants.
        Files.readAllLines(COMPILER).stream()
                .filter(line -> !line.startsWith("#"))
                .forEach(command::add);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(System.getProperty("patchbay.jvm.flags").split(" ")));
        // On the class path there is no module of this name to open anything to.
        command.removeIf(flag -> flag.endsWith("=org.agrona"));
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.patchbay.rt.EngineMain", "--region", file.toString()));
        command.addAll(List.of("--id", region.instanceId(), "--host", Long.toString(hostPid)));
        command.addAll(List.of("--generation", "1", "--module", moduleClass));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private SectionEntry section(final String name) {
        return region.section(EngineRegion.declaration().section(name));
    }

    int state() {
        return RoleCell.stateOf(region.loads(), section(EngineRegion.ROLES), Role.RT);
    }

    long counter(final String name) {
        return Counters.over(buffer, section(EngineRegion.COUNTERS))
                .getAcquire(EngineInstances.counter(name));
    }

    /** Has it serve a region in a file; the answer is why not, or nothing. */
    String add(final Path file, final String id) throws IOException {
        return starter.isEmpty()
                ? asked(commands -> commands.tryAdd(file, id))
                : addFromAHostOfItsKind(file, id);
    }

    /** A process with fewer privileges than this one may not look into it, so another of its kind holds the file open. */
    private String addFromAHostOfItsKind(final Path file, final String id) throws IOException {
        final List<String> command = new ArrayList<>(starter);
        command.addAll(
                List.of("sh", "-c", "exec 9<>\"$0\"; echo open; exec sleep 60", file.toString()));
        final Process holder = new ProcessBuilder(command).start();
        try {
            assertEquals("open", holder.inputReader().readLine());
            return asked(commands -> commands.ask(Command.ADD, id, holder.pid(), 9));
        } finally {
            holder.destroyForcibly().onExit().join();
        }
    }

    /** Has it let go of a region; the answer is why not, or nothing. */
    String remove(final String id) throws IOException {
        return ask(Command.REMOVE, id);
    }

    String quit() throws IOException {
        return asked(CommandSide::tryQuit);
    }

    /** Gives a command that names no descriptor; the answer is why not, or nothing. */
    String ask(final int kind, final String id) throws IOException {
        return asked(commands -> commands.ask(kind, id, 0, -1));
    }

    /** Something that is asked of an engine. */
    private interface Question {
        String of(CommandSide commands) throws IOException;
    }

    private String asked(final Question question) throws IOException {
        final long start = System.nanoTime();
        final CommandSide commands = new CommandSide(region, () -> lives(start));
        try {
            return question.of(commands);
        } catch (final IllegalStateException e) {
            throw new IllegalStateException("no answer: " + e.getMessage() + " " + text(), e);
        }
    }

    /** Whether there may still be an answer to what was asked at an instant by System.nanoTime. */
    boolean lives(final long asked) {
        return process.isAlive() && System.nanoTime() - asked < LIMIT_NANOS;
    }

    void await(final String what, final java.util.function.BooleanSupplier condition) {
        final long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() && !condition.getAsBoolean()) {
                throw new IllegalStateException(
                        "the engine ended with "
                                + process.exitValue()
                                + " while waiting for "
                                + what
                                + ": "
                                + text());
            }
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IllegalStateException("waited 30 s for " + what + ": " + text());
            }
            Thread.onSpinWait();
        }
    }

    String text() {
        try {
            return Files.readString(log);
        } catch (final IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        region.close();
    }
}
