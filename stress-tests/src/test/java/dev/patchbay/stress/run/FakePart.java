// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

/** A part whose units do what a test of the runner needs; it notes which of them ran. */
final class FakePart implements Part {
    /** Where each unit notes that it ran. */
    static final String RUNS = "runs.txt";

    /** Set where the unit that waits shall go on. */
    static final String GO = "patchbay.fake.go";

    /** What a unit does. */
    interface Act {
        Verdict run(Context context) throws Exception;
    }

    private final List<Unit> units = new ArrayList<>();

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String summary() {
        return "Nothing <real>.";
    }

    @Override
    public List<Unit> units(final Plan plan) {
        return units;
    }

    /** A unit that takes what it takes. */
    FakePart with(final String name, final Act act) {
        units.add(new Fake(name, act, Duration.ofMinutes(1), false, null));
        return this;
    }

    /** A unit that takes what it is given. */
    FakePart elastic(final String name, final int minutes) {
        units.add(
                new Fake(
                        name,
                        c -> Verdict.passed("budget " + c.budget().toMinutes()),
                        Duration.ofMinutes(minutes),
                        true,
                        null));
        return this;
    }

    /** Units of one batch, which tells the verdict of all but the last. */
    FakePart batch(final String... names) {
        final Batch batch =
                new Batch() {
                    @Override
                    public String name() {
                        return "batch";
                    }

                    @Override
                    public void run(
                            final List<Unit> some,
                            final Context context,
                            final BiConsumer<Unit, Verdict> verdicts) {
                        for (final Unit unit : some.subList(0, some.size() - 1)) {
                            verdicts.accept(unit, Verdict.passed("told"));
                        }
                    }
                };
        for (final String name : names) {
            units.add(new Fake(name, null, Duration.ofMinutes(1), false, batch));
        }
        return this;
    }

    /** Units of which the one in the middle tells that it began, starts a process, and waits to be killed. */
    static FakePart waiting() {
        return new FakePart()
                .with("first", FakePart::note)
                .with("waits", FakePart::waitOrPass)
                .with("last", FakePart::note);
    }

    private static Verdict note(final Context context) throws IOException {
        final Path runs = context.folder().getParent().getParent().getParent().resolve(RUNS);
        Files.writeString(
                runs,
                (Files.exists(runs) ? Files.readString(runs) : "")
                        + context.folder().getFileName()
                        + "\n");
        return Verdict.passed("ran with seed " + context.plan().seed());
    }

    private static Verdict waitOrPass(final Context context) throws Exception {
        if (Boolean.getBoolean(GO)) {
            return note(context);
        }
        final Process child = new ProcessBuilder("sleep", "1000").start();
        final Path work = context.folder().resolve("work");
        Files.writeString(work, String.valueOf(child.pid()));
        Files.move(work, context.folder().resolve("child"));
        new CountDownLatch(1).await();
        return Verdict.failed("woken");
    }

    /** The same in a process of its own. */
    public static void main(final String[] args) {
        System.exit(StressCommand.execute(List.of(waiting()), System.out, System.err, args));
    }

    private record Fake(String name, Act act, Duration expected, boolean elastic, Batch batch)
            implements Unit {
        @Override
        public Verdict run(final Context context) throws Exception {
            return act.run(context);
        }
    }
}
