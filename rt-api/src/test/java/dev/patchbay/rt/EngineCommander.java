// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.EngineRegion.Command;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;

/** A real engine process under Epsilon, and the bridge's side of its own region: the commands. */
final class EngineCommander implements AutoCloseable {
    private static final long LIMIT_NANOS = 30_000_000_000L;

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
        try (RandomAccessFile held = new RandomAccessFile(file.toFile(), "r")) {
            assertTrue(held.length() > 0);
            return starter.isEmpty()
                    ? ask(Command.ADD, id, descriptor(file))
                    : addFromAHostOfItsKind(file, id);
        }
    }

    /** A process with fewer privileges than this one may not look into it, so another of its kind holds the file open. */
    private String addFromAHostOfItsKind(final Path file, final String id) throws IOException {
        final List<String> command = new ArrayList<>(starter);
        command.addAll(
                List.of("sh", "-c", "exec 9<>\"$0\"; echo open; exec sleep 60", file.toString()));
        final Process holder = new ProcessBuilder(command).start();
        try {
            assertEquals("open", holder.inputReader().readLine());
            return ask(Command.ADD, id, (int) holder.pid(), 9);
        } finally {
            holder.destroyForcibly().onExit().join();
        }
    }

    /** Has it let go of a region; the answer is why not, or nothing. */
    String remove(final String id) {
        return ask(Command.REMOVE, id, -1);
    }

    String quit() {
        return ask(Command.QUIT, "0".repeat(32), -1);
    }

    /** The number under which this process has a file open. */
    private static int descriptor(final Path file) throws IOException {
        try (DirectoryStream<Path> open =
                Files.newDirectoryStream(
                        Path.of("/proc/self/fd"),
                        link ->
                                Files.isSymbolicLink(link)
                                        && Files.readSymbolicLink(link)
                                                .equals(file.toRealPath()))) {
            return Integer.parseInt(open.iterator().next().getFileName().toString());
        }
    }

    /** Prepares it to go on with an instance in the region of a file; the answer is why not, or nothing. */
    String move(final String from, final Path file, final String id) throws IOException {
        try (RandomAccessFile held = new RandomAccessFile(file.toFile(), "r")) {
            assertTrue(held.length() > 0);
            final int pid = (int) ProcessHandle.current().pid();
            return ask(Command.MOVE, id, pid, descriptor(file), from, 2);
        }
    }

    String ask(final int kind, final String id, final int fd) {
        return ask(kind, id, (int) ProcessHandle.current().pid(), fd);
    }

    private String ask(final int kind, final String id, final int pid, final int fd) {
        return ask(kind, id, pid, fd, "0".repeat(32), 1);
    }

    private String ask(
            final int kind,
            final String id,
            final int pid,
            final int fd,
            final String from,
            final int generation) {
        final int request =
                section(EngineRegion.BRIDGE_BELL).elementOffset(0)
                        + EngineRegion.BRIDGE_BELL_STRUCT.offset("request");
        final int done =
                section(EngineRegion.RT_BELL).elementOffset(0)
                        + EngineRegion.RT_BELL_STRUCT.offset("done");
        final int number = buffer.getInt(request) + 1;
        final int slot = number % EngineRegion.SLOTS;
        final var command = EngineRegion.COMMAND_STRUCT;
        final int at = section(EngineRegion.COMMANDS).elementOffset(slot);
        buffer.putInt(at + command.offset("number"), number);
        buffer.putInt(at + command.offset("kind"), kind);
        buffer.putInt(at + command.offset("region_pid"), pid);
        buffer.putInt(at + command.offset("region_fd"), fd);
        putId(at + command.offset("region_id"), id);
        putId(at + command.offset("from_id"), from);
        buffer.putInt(at + command.offset("generation"), generation);
        buffer.putIntVolatile(request, number);
        Kernel.futexWake(buffer.addressOffset() + request);
        await("the answer to command " + number, () -> buffer.getIntVolatile(done) == number);
        final int answer = section(EngineRegion.ANSWERS).elementOffset(slot);
        final byte[] text = new byte[EngineRegion.ANSWER_STRUCT.field("text").count()];
        buffer.getBytes(answer + EngineRegion.ANSWER_STRUCT.offset("text"), text);
        final String refusal = new String(text, java.nio.charset.StandardCharsets.UTF_8);
        final boolean refused =
                buffer.getInt(answer + EngineRegion.ANSWER_STRUCT.offset("status")) != 0;
        return refused ? refusal.substring(0, refusal.indexOf(0)) : "";
    }

    private void putId(final int at, final String id) {
        buffer.putLong(at, Long.parseUnsignedLong(id.substring(0, 16), 16));
        buffer.putLong(at + Long.BYTES, Long.parseUnsignedLong(id.substring(16), 16));
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
