// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Part;
import dev.patchbay.stress.run.Plan;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import dev.patchbay.stress.soak.SoakRegion.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Processes of both languages over one region, killed again and again. */
public final class SoakPart implements Part {
    /** For the service loader. */
    public SoakPart() {}

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String summary() {
        return "Processes in Java and in C talk over one region by every primitive while they are"
                + " killed with SIGKILL: nothing that was sent is lost, nothing is torn, nothing"
                + " comes twice but what a killed reader had not given back, and all goes on"
                + " after each death. It shows what this processor does, not what a weaker one"
                + " may.";
    }

    @Override
    public List<Unit> units(final Plan plan) {
        final List<Unit> units = new ArrayList<>();
        for (final Language writer : Language.values()) {
            for (final Language reader : Language.values()) {
                // The second producer of the shared ring and queue is of the other language.
                final Language second = writer == Language.JAVA ? Language.C : Language.JAVA;
                units.add(new Pairing(plan, writer, second, reader));
            }
        }
        return units;
    }

    /** The kills of one pairing. */
    private static int kills(final Plan plan) {
        return switch (plan.mode()) {
            case SANITY -> 3;
            case QUICK -> 25;
            case DEFAULT -> 250;
            case TOUGH -> 1000;
        };
    }

    private record Pairing(Plan plan, Language writer, Language second, Language reader)
            implements Unit {
        @Override
        public String name() {
            return writer + " to " + reader;
        }

        @Override
        public Duration expected() {
            final boolean isNative = writer == Language.C && reader == Language.C;
            return Duration.ofMillis(3000 + (long) kills(plan) * (isNative ? 400 : 800));
        }

        @Override
        public boolean elastic() {
            return true;
        }

        @Override
        public Verdict run(final Context context) throws IOException, InterruptedException {
            final String missing = Language.compile(context.folder());
            if (missing != null) {
                return Verdict.failed(missing);
            }
            final long end = System.nanoTime() + context.budget().toNanos();
            final long seed = plan.seed() * 31 + name().hashCode();
            try (Soak soak = new Soak(context.folder(), writer, second, reader, seed, null)) {
                soak.start();
                while (soak.kills() < kills(plan) || System.nanoTime() - end < 0) {
                    soak.kill();
                    context.progress().accept(soak.kills() + " kills");
                }
                soak.end();
                return Verdict.passed(
                                soak.kills()
                                        + " kills, seed "
                                        + plan.seed()
                                        + ": nothing lost, torn or doubled, and all went on")
                        .with(table(soak));
            } catch (final SoakFailure e) {
                return Verdict.failed(e.getMessage() + " (seed " + plan.seed() + ")");
            }
        }

        /** Only a queue can repeat. */
        private static String count(final Lane lane, final long number) {
            return lane.isQueued() ? Long.toString(number) : "";
        }

        private Verdict.Table table(final Soak soak) {
            final List<List<String>> rows = new ArrayList<>();
            for (final Lane lane : Lane.values()) {
                rows.add(
                        List.of(
                                lane.name(),
                                lane.producer().name(),
                                String.format("%,d", soak.received(lane, Received.CHECKED)),
                                String.format("%,d", soak.refused(lane)),
                                count(lane, soak.received(lane, Received.REPEATED)),
                                count(lane, soak.received(lane, Received.UNSENT)),
                                lane.isNumbered()
                                        ? String.format("%,d", soak.received(lane, Received.MISSED))
                                        : "",
                                Integer.toString(soak.deaths(lane.producer())),
                                Integer.toString(soak.deaths(SoakRegion.READER))));
            }
            return new Verdict.Table(
                    List.of(
                            "lane",
                            "producer",
                            "last number received",
                            "times full",
                            "came again",
                            "begun, not sent",
                            "overwritten unread",
                            "deaths of the producer",
                            "deaths of the reader"),
                    rows);
        }
    }
}
