// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static dev.patchbay.bench.plan.Contender.Kind.OURS;
import static dev.patchbay.bench.plan.Contender.Kind.PEER;
import static dev.patchbay.bench.plan.Contender.Kind.REFERENCE;
import static dev.patchbay.bench.plan.Unit.MILLION_EVENTS_PER_SECOND;
import static dev.patchbay.bench.plan.Unit.NANOSECONDS;

import dev.patchbay.bench.plan.Benchmark;
import dev.patchbay.bench.plan.Contender;
import dev.patchbay.bench.plan.Goal;
import java.util.ArrayList;
import java.util.List;

/** Events of 32 bytes through a queue, between threads and between processes. */
final class QueueBenchmarks {
    private static final String OURS_NAME = "Patchbay EventQueue";
    private static final String OURS_MANY = "Patchbay SharedEventQueue";
    private static final String AGRONA = "Agrona OneToOneRingBuffer";
    private static final String AGRONA_MANY = "Agrona ManyToOneRingBuffer";
    private static final double AHEAD = 1.2;
    private static final double AHEAD_OF_AGRONA = 1.5;
    static final double NO_SLOWER = 1.1;

    private QueueBenchmarks() {}

    static List<Benchmark> all() {
        final List<Benchmark> all = new ArrayList<>();
        for (final String way : List.of("single", "batch")) {
            all.add(spscJava(way));
            all.add(spscNative(way));
        }
        all.add(latencyJava());
        all.add(latencyNative());
        for (final String way : List.of("single", "batch")) {
            all.add(mpscJava(way));
            all.add(mpscNative(way));
        }
        for (final String way : List.of("single", "batch", "latency")) {
            all.addAll(pairs(way));
        }
        return all;
    }

    private static String polls(final String way) {
        return way.equals("single") ? "one at a time" : "in batches of 64";
    }

    static Contender java(
            final String name,
            final Contender.Kind kind,
            final String what,
            final String contender,
            final String... flags) {
        return new Contender(name, kind, new JavaLaunch(what, contender, flags));
    }

    static Contender program(
            final String name,
            final Contender.Kind kind,
            final String what,
            final Program program) {
        return new Contender(name, kind, new NativeLaunch(program, what));
    }

    private static Benchmark spscJava(final String way) {
        return new Benchmark(
                "spsc-java-" + way,
                "Events of 32 bytes from one thread to another in Java, " + polls(way),
                MILLION_EVENTS_PER_SECOND,
                Goal.best(AHEAD).and(AGRONA, AHEAD_OF_AGRONA),
                List.of(
                        java(OURS_NAME, OURS, way, "patchbay"),
                        java(AGRONA, PEER, way, "agrona", JavaLaunch.UNCHECKED),
                        java("JCTools SpscArrayQueue, pooled", PEER, way, "jctools"),
                        java("LMAX Disruptor", PEER, way, "disruptor"),
                        java(
                                OURS_NAME + " without bounds checks",
                                REFERENCE,
                                way,
                                "patchbay",
                                JavaLaunch.UNCHECKED)),
                2);
    }

    private static Benchmark spscNative(final String way) {
        return new Benchmark(
                "spsc-c-" + way,
                "Events of 32 bytes from one thread to another in C and C++, " + polls(way),
                MILLION_EVENTS_PER_SECOND,
                Goal.best(AHEAD),
                List.of(
                        program("Patchbay pb_event_queue", OURS, way, Program.QUEUE_PATCHBAY),
                        program("boost spsc_queue", PEER, way, Program.QUEUE_BOOST),
                        program(
                                "moodycamel ReaderWriterQueue",
                                PEER,
                                way,
                                Program.QUEUE_MOODYCAMEL),
                        program("Concurrency Kit ck_ring", PEER, way, Program.QUEUE_CK),
                        program("JACK ringbuffer", PEER, way, Program.QUEUE_JACK)),
                2);
    }

    private static Benchmark latencyJava() {
        final String what = "latency";
        return new Benchmark(
                "spsc-java-latency",
                "Median round trip of an event between two threads in Java, every 10 µs",
                NANOSECONDS,
                Goal.best(NO_SLOWER),
                List.of(
                        java(OURS_NAME, OURS, what, "patchbay"),
                        java(AGRONA, PEER, what, "agrona", JavaLaunch.UNCHECKED),
                        java("JCTools SpscArrayQueue, pooled", PEER, what, "jctools"),
                        java("LMAX Disruptor", PEER, what, "disruptor"),
                        java(
                                "limit: one cache line each way",
                                REFERENCE,
                                what,
                                "cache-line",
                                JavaLaunch.UNCHECKED)),
                2);
    }

    private static Benchmark latencyNative() {
        final String what = "latency";
        return new Benchmark(
                "spsc-c-latency",
                "Median round trip of an event between two threads in C and C++, every 10 µs",
                NANOSECONDS,
                Goal.best(NO_SLOWER),
                List.of(
                        program("Patchbay pb_event_queue", OURS, what, Program.QUEUE_PATCHBAY),
                        program("boost spsc_queue", PEER, what, Program.QUEUE_BOOST),
                        program(
                                "moodycamel ReaderWriterQueue",
                                PEER,
                                what,
                                Program.QUEUE_MOODYCAMEL),
                        program("Concurrency Kit ck_ring", PEER, what, Program.QUEUE_CK),
                        program("JACK ringbuffer", PEER, what, Program.QUEUE_JACK),
                        program(
                                "limit: one cache line each way",
                                REFERENCE,
                                what,
                                Program.QUEUE_LINE)),
                2);
    }

    private static Benchmark mpscJava(final String way) {
        final String what = "many-" + way;
        return new Benchmark(
                "mpsc-java-" + way,
                "Events of 32 bytes from two threads to a third in Java, " + polls(way),
                MILLION_EVENTS_PER_SECOND,
                Goal.best(AHEAD).and(AGRONA_MANY, AHEAD_OF_AGRONA),
                List.of(
                        java(OURS_MANY, OURS, what, "patchbay"),
                        java(AGRONA_MANY, PEER, what, "agrona", JavaLaunch.UNCHECKED),
                        java("JCTools MpscArrayQueue, pooled", PEER, what, "jctools")),
                2);
    }

    private static Benchmark mpscNative(final String way) {
        final String what = "many-" + way;
        return new Benchmark(
                "mpsc-c-" + way,
                "Events of 32 bytes from two threads to a third in C and C++, " + polls(way),
                MILLION_EVENTS_PER_SECOND,
                Goal.best(AHEAD),
                List.of(
                        program(
                                "Patchbay pb_shared_event_queue",
                                OURS,
                                what,
                                Program.MANY_PATCHBAY),
                        program("moodycamel ConcurrentQueue", PEER, what, Program.MANY_MOODYCAMEL)),
                2);
    }

    private static List<Benchmark> pairs(final String way) {
        final List<Benchmark> all = new ArrayList<>();
        final PairLaunch.Side java = PairLaunch.Side.java("patchbay");
        final PairLaunch.Side agrona = PairLaunch.Side.java("agrona", JavaLaunch.UNCHECKED);
        final PairLaunch.Side c = PairLaunch.Side.program(Program.QUEUE_PATCHBAY);
        final PairLaunch.Side ring = PairLaunch.Side.program(Program.QUEUE_RING);
        final PairLaunch.Side boost = PairLaunch.Side.program(Program.QUEUE_BOOST);
        final String agronaToo = "Agrona's ring";
        all.add(
                pair(
                        "java-java",
                        way,
                        agronaToo,
                        List.of(
                                pair("Patchbay", OURS, way, java, java),
                                pair(agronaToo, PEER, way, agrona, agrona))));
        all.add(
                pair(
                        "c-java",
                        way,
                        agronaToo,
                        List.of(
                                pair("Patchbay", OURS, way, c, java),
                                pair(agronaToo, PEER, way, ring, agrona))));
        all.add(
                pair(
                        "java-c",
                        way,
                        agronaToo,
                        List.of(
                                pair("Patchbay", OURS, way, java, c),
                                pair(agronaToo, PEER, way, agrona, ring))));
        all.add(
                pair(
                        "c-c",
                        way,
                        agronaToo,
                        List.of(
                                pair("Patchbay", OURS, way, c, c),
                                pair(agronaToo, PEER, way, ring, ring),
                                pair("boost spsc_queue", PEER, way, boost, boost))));
        return all;
    }

    private static Contender pair(
            final String name,
            final Contender.Kind kind,
            final String way,
            final PairLaunch.Side sender,
            final PairLaunch.Side receiver) {
        return new Contender(name, kind, new PairLaunch(way, sender, receiver));
    }

    private static Benchmark pair(
            final String languages,
            final String way,
            final String agrona,
            final List<Contender> contenders) {
        final boolean isLatency = way.equals("latency");
        final String sides =
                languages.replace("java", "Java").replace("c", "C").replace("-", " to ");
        return new Benchmark(
                "process-" + languages + "-" + way,
                isLatency
                        ? "Median round trip of an event between two processes, "
                                + sides
                                + " and back, every 10 µs"
                        : "Events of 32 bytes from one process to another, "
                                + sides
                                + ", "
                                + polls(way),
                isLatency ? NANOSECONDS : MILLION_EVENTS_PER_SECOND,
                isLatency ? Goal.best(NO_SLOWER) : Goal.best(AHEAD).and(agrona, AHEAD_OF_AGRONA),
                contenders,
                2);
    }
}
