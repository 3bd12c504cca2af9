// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.stress.soak.SoakRegion.Order;
import dev.patchbay.stress.soak.SoakRegion.Received;
import dev.patchbay.stress.soak.SoakRegion.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Starts producers and a reader over one region, kills them at random with SIGKILL, starts successors and looks whether all went on.
 * It is the watchdog: a role counts as dead once its process was waited for, and as alive before its successor starts.
 */
final class Soak implements AutoCloseable {
    /** How long anything may stand still before it counts as stuck; far more than a busy machine needs. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<Role> ROLES =
            List.of(SoakRegion.WRITER, SoakRegion.SECOND, SoakRegion.READER);

    /** What the shell and the JVM say of a process ended by SIGINT and by SIGTERM, which a user sends to all of them. */
    private static final List<Integer> INTERRUPTED = List.of(130, 143);

    private final Path folder;
    private final Map<Role, Language> languages;
    private final SplittableRandom random;
    private final Role broken;
    private final Region region;
    private final Journal orders;
    private final Map<Role, Journal> journals = new HashMap<>();
    private final Map<Role, Process> processes = new HashMap<>();
    private final Map<Role, Integer> deaths = new HashMap<>();
    private int kills;
    private int starts;

    /**
     * Creates the region.
     *
     * @param folder holds the compiled soak.c; everything else goes there too
     * @param broken null, or the role that works wrongly and must be found out: a reader in Java that gives events back before it has
     *     looked at them, or a writer in C that shows an event before it has stored it
     */
    Soak(
            final Path folder,
            final Language writer,
            final Language second,
            final Language reader,
            final long seed,
            final Role broken) {
        this.folder = folder;
        this.languages =
                Map.of(
                        SoakRegion.WRITER, writer,
                        SoakRegion.SECOND, second,
                        SoakRegion.READER, reader);
        this.random = new SplittableRandom(seed);
        this.broken = broken;
        this.region =
                Region.create(Language.region(folder), new RegionImage(SoakRegion.DECLARATION));
        this.orders = new Journal(region, "orders");
        for (final Role role : ROLES) {
            journals.put(role, new Journal(region, role.name() + "_journal"));
            deaths.put(role, 0);
        }
    }

    int kills() {
        return kills;
    }

    /** What the reader noted of a lane. */
    long received(final Lane lane, final Received what) {
        return journals.get(SoakRegion.READER).get(lane, what);
    }

    private long checked(final Lane lane) {
        return received(lane, Received.CHECKED);
    }

    /** How often a lane's queue was full. */
    long refused(final Lane lane) {
        return journals.get(lane.producer()).get(lane, Sent.REFUSED);
    }

    int deaths(final Role role) {
        return deaths.get(role);
    }

    void start() throws IOException {
        for (final Role role : ROLES) {
            start(role);
        }
    }

    /** Kills one process, two or all three, starts successors, and waits until messages flow again. */
    void kill() throws IOException, InterruptedException {
        moment();
        final List<Role> victims = victims();
        for (final Role victim : victims) {
            processes.get(victim).destroyForcibly();
        }
        for (final Role victim : victims) {
            final Process process = processes.remove(victim);
            process.waitFor();
            // It may have found something just before it was killed.
            ended(victim, process);
            deaths.merge(victim, 1, Integer::sum);
            kills++;
        }
        proveDead(victims);
        for (final Role victim : victims) {
            start(victim);
        }
        flows();
    }

    /** Lets the producers end, then the reader once all is taken, and compares what was sent with what was received. */
    void end() throws IOException, InterruptedException {
        orders.set(Order.STOP_PRODUCERS, 1);
        endWell(SoakRegion.WRITER);
        endWell(SoakRegion.SECOND);
        orders.set(Order.STOP_READER, 1);
        endWell(SoakRegion.READER);
        for (final Lane lane : Lane.values()) {
            final long done = journals.get(lane.producer()).get(lane, Sent.DONE);
            if (checked(lane) != done) {
                throw new SoakFailure(
                        lane
                                + ": "
                                + done
                                + " were sent, but the last received is "
                                + checked(lane));
            }
        }
    }

    private void start(final Role role) throws IOException {
        processes.put(
                role,
                languages
                        .get(role)
                        .start(
                                folder,
                                role,
                                starts++,
                                random.nextLong(1 << 30),
                                role.equals(broken)));
    }

    /** A random moment: mostly soon after messages flow, sometimes when the processes have run for a while. */
    private void moment() throws InterruptedException {
        final int kind = random.nextInt(10);
        final int most = kind < 5 ? 2_000_000 : kind < 9 ? 40_000_000 : 300_000_000;
        // A JVM has interpreted little more than its start by then.
        rest(random.nextInt(1, languages.containsValue(Language.JAVA) ? 5 * most : most));
    }

    private static void rest(final int nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    private List<Role> victims() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> List.of(SoakRegion.WRITER);
            case 3, 4, 5 -> List.of(SoakRegion.READER);
            case 6 -> List.of(SoakRegion.SECOND);
            case 7 -> List.of(SoakRegion.WRITER, SoakRegion.SECOND);
            case 8 -> List.of(SoakRegion.READER, SoakRegion.WRITER);
            default -> ROLES;
        };
    }

    /** Tells a living reader who is dead, and that nobody is any more, before a successor may start. */
    private void proveDead(final List<Role> victims) throws IOException, InterruptedException {
        if (victims.contains(SoakRegion.READER)) {
            return;
        }
        final Journal reader = journals.get(SoakRegion.READER);
        final long dead = victims.stream().mapToLong(Role::bit).sum();
        for (final long roles : new long[] {dead, 0}) {
            orders.set(Order.DEAD_ROLES, roles);
            await(
                    () -> reader.get(SoakRegion.ACKNOWLEDGED) == roles,
                    "the reader did not take note of the dead");
        }
    }

    /** Waits until every producer has sent and the reader has received something new on every queued lane. */
    private void flows() throws IOException, InterruptedException {
        final Map<Lane, Long> before = new EnumMap<>(Lane.class);
        for (final Lane lane : Lane.values()) {
            before.put(lane, checked(lane));
        }
        for (final Lane lane : Lane.values()) {
            await(
                    () -> checked(lane) > before.get(lane),
                    lane + ": nothing arrives any more after the death of a process");
        }
    }

    private void await(final BooleanSupplier condition, final String otherwise)
            throws IOException, InterruptedException {
        final long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            for (final Map.Entry<Role, Process> one : processes.entrySet()) {
                if (!one.getValue().isAlive()) {
                    ended(one.getKey(), one.getValue());
                    throw new SoakFailure("the " + one.getKey().name() + " ended by itself");
                }
            }
            if (System.nanoTime() - end > 0) {
                throw new SoakFailure(otherwise + " within " + PATIENCE.toSeconds() + " s");
            }
            rest(50_000);
        }
    }

    /** What a process that has ended has found. One that the user's interruption ended has found nothing. */
    private void ended(final Role role, final Process process)
            throws IOException, InterruptedException {
        if (INTERRUPTED.contains(process.exitValue())) {
            throw new InterruptedException("the soak was interrupted");
        }
        final String said = Files.readString(Language.said(folder, role)).strip();
        if (!said.isEmpty() || process.exitValue() == 1) {
            throw new SoakFailure(
                    "the "
                            + role.name()
                            + " in "
                            + languages.get(role)
                            + " after "
                            + kills
                            + " kills: "
                            + said);
        }
    }

    private void endWell(final Role role) throws IOException, InterruptedException {
        final Process process = processes.get(role);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new SoakFailure("the " + role.name() + " does not end");
        }
        ended(role, process);
        if (process.exitValue() != 0) {
            throw new SoakFailure("the " + role.name() + " ended with " + process.exitValue());
        }
        processes.remove(role);
    }

    @Override
    public void close() {
        final List<Process> left = new ArrayList<>(processes.values());
        left.forEach(Process::destroyForcibly);
        left.forEach(process -> process.onExit().join());
        region.close();
    }
}
