// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.jcstress;

import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.SectionKind;
import dev.patchbay.stress.ForSection;
import dev.patchbay.stress.SectionGeometry;
import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Jdk;
import dev.patchbay.stress.run.Part;
import dev.patchbay.stress.run.Plan;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/** jcstress: every test on every JVM, and the twins that must be caught. */
public final class JcstressPart implements Part {
    private static final String PACKAGE = "dev.patchbay.stress.";
    private static final String TWINS = PACKAGE + "twins.";

    /** What is constant once a region is ready; nothing meets there. */
    private static final Set<SectionKind> CONSTANT =
            EnumSet.of(SectionKind.CONSTANTS, SectionKind.SCHEMA);

    /** For the service loader. */
    public JcstressPart() {}

    @Override
    public String name() {
        return "jcstress";
    }

    @Override
    public String summary() {
        return "Pairs of operations that meet on this processor, as often as the time allows,"
                + " compiled in all ways that the JVM has. It shows what compiler and processor"
                + " really do, but not what another processor may do. Twins are broken by"
                + " intent, and pass where they are caught.";
    }

    @Override
    public List<Unit> units(final Plan plan) {
        final List<Unit> units = new ArrayList<>();
        final List<String> tests = tests(false);
        final List<String> twins = tests(true);
        missing(plan, units);
        for (final Jdk jdk : plan.jdks().found()) {
            final int size = batchSize(plan.mode());
            for (int from = 0; from < tests.size(); from += size) {
                final List<String> some = tests.subList(from, Math.min(tests.size(), from + size));
                final JcstressBatch batch =
                        new JcstressBatch(
                                "run " + (from / size + 1) + " on " + jdk.release(),
                                jdk,
                                Effort.of(plan.mode()),
                                plan.mode() != Plan.Mode.SANITY,
                                null);
                for (final String test : some) {
                    units.add(unit(test, jdk, false, batch));
                }
            }
            if (!twins.isEmpty()) {
                units.addAll(twins(plan, twins, jdk));
            }
        }
        return units;
    }

    private static List<Unit> twins(final Plan plan, final List<String> twins, final Jdk jdk) {
        final Effort effort =
                plan.mode() == Plan.Mode.SANITY ? Effort.CATCH : Effort.of(plan.mode());
        final JcstressBatch batch =
                new JcstressBatch("twins on " + jdk.release(), jdk, effort, false, null);
        return twins.stream().map(twin -> unit(twin, jdk, true, batch)).toList();
    }

    private static Unit unit(
            final String test, final Jdk jdk, final boolean twin, final JcstressBatch batch) {
        return new JcstressUnit(test, shortName(test) + " on " + jdk.release(), twin, batch);
    }

    @Override
    public List<Unit> units(final Plan plan, final RegionDeclaration declaration) {
        final List<Unit> units = new ArrayList<>();
        missing(plan, units);
        for (final Section section : declaration.sections()) {
            if (CONSTANT.contains(section.kind())) {
                continue;
            }
            final String label = "section " + section.name();
            if (section.length() > SectionGeometry.LONGEST) {
                units.add(
                        new Refused(
                                label,
                                "has "
                                        + section.length()
                                        + " bytes, but at most "
                                        + SectionGeometry.LONGEST
                                        + " can be tested: all states of a test together may take "
                                        + (SectionGeometry.MOST_BYTES >> 20)
                                        + " MiB. Declare it smaller for the test; its primitive"
                                        + " does not depend on the size."));
                continue;
            }
            final List<String> tests = testsOf(section);
            if (tests.isEmpty()) {
                units.add(
                        new Refused(
                                label,
                                "is a "
                                        + section.kind().label()
                                        + " of "
                                        + section.count()
                                        + " elements, for which there is no jcstress test"));
            }
            for (final Jdk jdk : plan.jdks().found()) {
                units.addAll(units(plan, section, tests, jdk));
            }
        }
        return units;
    }

    private static List<Unit> units(
            final Plan plan, final Section section, final List<String> tests, final Jdk jdk) {
        final JcstressBatch batch =
                new JcstressBatch(
                        "section " + section.name() + " on " + jdk.release(),
                        jdk,
                        Effort.of(plan.mode()),
                        plan.mode() != Plan.Mode.SANITY,
                        SectionGeometry.of(section));
        final List<Unit> units = new ArrayList<>();
        for (final String test : tests) {
            final String name =
                    "section " + section.name() + ": " + shortName(test) + " on " + jdk.release();
            units.add(new JcstressUnit(test, name, false, batch));
        }
        return units;
    }

    private static void missing(final Plan plan, final List<Unit> units) {
        for (int i = 0; i < plan.jdks().missing().size(); i++) {
            units.add(new Refused("Java to run on " + (i + 1), plan.jdks().missing().get(i)));
        }
    }

    /** How many tests one run of jcstress takes: few, where each takes long, since an interruption loses them. */
    private static int batchSize(final Plan.Mode mode) {
        return switch (mode) {
            case SANITY -> 100;
            case QUICK -> 8;
            case DEFAULT -> 4;
            case TOUGH -> 1;
        };
    }

    private static List<String> tests(final boolean twins) {
        return TestList.tests().stream()
                .filter(name -> name.startsWith(PACKAGE))
                .filter(name -> name.startsWith(TWINS) == twins)
                .sorted()
                .toList();
    }

    private static List<String> testsOf(final Section section) {
        return tests(false).stream().filter(test -> fits(test, section)).toList();
    }

    private static boolean fits(final String test, final Section section) {
        final TestInfo info = TestList.getInfo(test);
        final ForSection mark;
        try {
            mark =
                    Class.forName(info.binaryName(), false, JcstressPart.class.getClassLoader())
                            .getAnnotation(ForSection.class);
        } catch (final ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return mark != null
                && List.of(mark.value()).contains(section.kind())
                && (mark.scalars().length == 0
                        || List.of(mark.scalars()).contains(section.scalar()))
                && (mark.element().isEmpty()
                        || section.element() != null
                                && section.element().name().equals(mark.element()))
                && section.count() >= mark.atLeast();
    }

    private static String shortName(final String test) {
        return test.substring(PACKAGE.length())
                .replace("Stress", "")
                .replaceFirst("twins\\.(.*)Twin", "twin $1");
    }

    /** What cannot be run; its verdict says why. */
    private static final class Refused implements Unit {
        private final String name;
        private final String reason;

        Refused(final String name, final String reason) {
            this.name = name;
            this.reason = reason;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Duration expected() {
            return Duration.ZERO;
        }

        @Override
        public Verdict run(final Context context) {
            return Verdict.failed(reason);
        }
    }
}
