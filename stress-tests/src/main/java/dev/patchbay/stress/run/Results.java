// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run so far, as the report and {@code results.json} have it. Every planned unit is there; what has no verdict did not run,
 * and counts as a failure.
 *
 * @param mode how much
 * @param seed from which chance is drawn
 * @param declaration the user's own; empty for none
 * @param command how to repeat it
 * @param started when it began, before any interruption
 * @param complete whether every planned unit has a verdict
 * @param environment what it ran on
 * @param parts in order
 */
record Results(
        String mode,
        long seed,
        String declaration,
        String command,
        String started,
        boolean complete,
        Map<String, String> environment,
        List<PartResult> parts) {
    static final String JSON = "results.json";
    static final String HTML = "report.html";

    /**
     * A part.
     *
     * @param name the word by which it is chosen
     * @param summary what it shows and what not
     * @param units in the order of the plan
     */
    record PartResult(String name, String summary, List<Entry> units) {
        long passed() {
            return units.stream().filter(Entry::passed).count();
        }

        long failed() {
            return units.stream().filter(u -> !u.passed() && ran(u)).count();
        }

        long notRun() {
            return units.stream().filter(u -> !ran(u)).count();
        }

        double seconds() {
            return units.stream().mapToDouble(Entry::seconds).sum();
        }
    }

    static boolean ran(final Entry entry) {
        return !entry.ended().isEmpty();
    }

    static Results of(
            final Plan plan,
            final String declaration,
            final List<Part> parts,
            final List<Planned> planned,
            final Journal journal) {
        final Map<String, List<Entry>> units = new LinkedHashMap<>();
        parts.forEach(part -> units.put(part.name(), new ArrayList<>()));
        boolean complete = true;
        for (final Planned p : planned) {
            Entry entry = journal.entries().get(p.key());
            if (entry == null) {
                complete = false;
                entry =
                        new Entry(
                                p.part(),
                                p.unit().name(),
                                false,
                                "not run",
                                List.of(),
                                List.of(),
                                "",
                                0,
                                "");
            }
            units.get(p.part()).add(entry);
        }
        return new Results(
                plan.mode().name().toLowerCase(java.util.Locale.ROOT),
                plan.seed(),
                declaration,
                "patchbay stress --mode "
                        + plan.mode().name().toLowerCase(java.util.Locale.ROOT)
                        + " --seed "
                        + plan.seed(),
                journal.start().started(),
                complete,
                Environment.of(plan),
                parts.stream()
                        .map(p -> new PartResult(p.name(), p.summary(), units.get(p.name())))
                        .filter(p -> !p.units().isEmpty())
                        .toList());
    }

    List<Entry> units() {
        return parts.stream().flatMap(part -> part.units().stream()).toList();
    }

    boolean passed() {
        return complete && units().stream().allMatch(Entry::passed);
    }

    /** Writes the report and its data, each as a whole. */
    void write(final Path folder) throws IOException {
        Folders.write(
                folder.resolve(JSON),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this)
                        + "\n");
        Folders.write(folder.resolve(HTML), new Report(this).html());
    }
}
