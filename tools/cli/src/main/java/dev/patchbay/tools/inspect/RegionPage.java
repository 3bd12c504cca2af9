// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.tools.inspect.RegionReading.Broadcast;
import dev.patchbay.tools.inspect.RegionReading.Counts;
import dev.patchbay.tools.inspect.RegionReading.Creator;
import dev.patchbay.tools.inspect.RegionReading.Distribution;
import dev.patchbay.tools.inspect.RegionReading.Message;
import dev.patchbay.tools.inspect.RegionReading.ParameterValue;
import dev.patchbay.tools.inspect.RegionReading.Parameters;
import dev.patchbay.tools.inspect.RegionReading.Participant;
import dev.patchbay.tools.inspect.RegionReading.Queue;
import dev.patchbay.tools.inspect.RegionReading.Recent;
import dev.patchbay.tools.inspect.RegionReading.Ring;
import dev.patchbay.tools.inspect.RegionReading.SectionReading;
import dev.patchbay.tools.inspect.RegionReading.SharedQueue;
import dev.patchbay.tools.inspect.RegionReading.Structs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows a region in text: what moves first, what stays last. */
final class RegionPage {
    /** The most structs of a section that are shown whole. */
    static final int MOST_STRUCTS = 4;

    private static final int QUEUE_BAR = 10;

    private final RegionReading region;
    private final Page page;

    private RegionPage(final RegionReading region, final int columns) {
        this.region = region;
        this.page = new Page(columns);
    }

    /** The lines of a region for a terminal of this width. */
    static List<Page.Line> of(final RegionReading region, final int columns) {
        final RegionPage shown = new RegionPage(region, columns);
        shown.header();
        shown.roles();
        Meters.show(shown.page, region);
        shown.parameters();
        shown.queues();
        shown.histograms();
        shown.counters();
        shown.structs();
        shown.broadcasts();
        OtherSections.show(shown.page, region);
        return shown.page.lines();
    }

    private void header() {
        page.heading(
                String.format(
                        Locale.ROOT,
                        "%s  %,d bytes, %d sections",
                        region.name(),
                        region.length(),
                        region.sections().size()));
        page.line("  " + region.file());
        page.line("  made by " + creator(region.creator()));
        page.line("  instance " + region.instanceId() + "  layout " + region.layoutHash());
        region.problems().forEach(problem -> page.paragraph(problem, 2));
    }

    /** A process with its name and age. */
    static String creator(final Creator creator) {
        return creator.pid()
                + (creator.alive()
                        ? " (" + creator.command() + "), " + age(creator.ageSeconds())
                        : ", which has ended");
    }

    /** A duration in its largest units. */
    static String age(final Double seconds) {
        if (seconds == null) {
            return "-";
        }
        final long s = seconds.longValue();
        if (s < 1) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
        }
        return s < 60
                ? s + " s"
                : s < 3600
                        ? s / 60 + " min " + s % 60 + " s"
                        : s < 86400 ? s / 3600 + " h " + s / 60 % 60 + " min" : s / 86400 + " days";
    }

    private void roles() {
        page.heading("Roles");
        final List<String[]> rows = new ArrayList<>();
        for (final Participant p : region.roles()) {
            final boolean there = p.pid() != 0;
            rows.add(
                    new String[] {
                        p.role(),
                        p.state() == null ? "-" : p.state(),
                        there ? Integer.toString(p.pid()) : "-",
                        there ? p.alive() ? "alive" : "gone" : "-",
                        age(p.heartbeatSeconds()),
                        p.generation() == 0 ? "-" : Integer.toString(p.generation()),
                        p.collector()
                    });
        }
        page.table(
                new String[] {
                    "role", "state", ">pid", "process", ">heartbeat", ">generation", "collector"
                },
                rows);
        for (final Participant p : region.roles()) {
            if (!p.message().isEmpty()) {
                page.paragraph(p.role() + ": " + p.message(), 2);
            }
        }
    }

    private void parameters() {
        for (final SectionReading s : region.with(Parameters.class)) {
            final List<ParameterValue> values = ((Parameters) s.content()).parameters();
            title(s, values.size() + " of " + s.count() + " in use");
            page.pairs(values.stream().map(p -> new String[] {p.name(), p.text()}).toList());
        }
    }

    private void queues() {
        final List<String[]> rows = new ArrayList<>();
        for (final SectionReading s : region.sections()) {
            if (s.content() instanceof Queue q) {
                rows.add(queue(s, q.depth(), q.capacity(), q.written(), q.dropped()));
            } else if (s.content() instanceof SharedQueue q) {
                rows.add(queue(s, q.depth(), q.capacity(), q.written(), dropped(q)));
            } else if (s.content() instanceof Ring r) {
                rows.add(queue(s, r.depth(), r.capacity(), r.written(), r.dropped()));
            }
        }
        if (!rows.isEmpty()) {
            page.heading("Queues and rings");
            page.table(
                    new String[] {"name", "filled", ">waiting", ">of", ">written", ">dropped"},
                    rows);
        }
    }

    /** How many, and whose. */
    private static String dropped(final SharedQueue queue) {
        final List<String> roles =
                queue.lanes().stream()
                        .filter(lane -> !lane.dropped().equals("0"))
                        .map(lane -> lane.role() + " " + lane.dropped())
                        .toList();
        return roles.isEmpty()
                ? queue.dropped()
                : queue.dropped() + " (" + String.join(", ", roles) + ")";
    }

    private static String[] queue(
            final SectionReading s,
            final long depth,
            final long capacity,
            final String written,
            final String dropped) {
        return new String[] {
            s.name(),
            Meters.bar((double) depth / capacity, QUEUE_BAR),
            Long.toString(depth),
            Long.toString(capacity),
            written,
            dropped
        };
    }

    private void histograms() {
        final List<String[]> rows = new ArrayList<>();
        for (final SectionReading s : region.with(Distribution.class)) {
            final Distribution d = (Distribution) s.content();
            final boolean nanos = (s.comment() + s.name()).contains("nano");
            rows.add(
                    new String[] {
                        s.name(),
                        Long.toString(d.total()),
                        quantity(d.p50(), d.total(), nanos),
                        quantity(d.p99(), d.total(), nanos),
                        quantity(d.max(), d.total(), nanos)
                    });
            if (d.recent() != null) {
                rows.add(recent(d.recent(), nanos));
            }
        }
        if (!rows.isEmpty()) {
            page.heading("Histograms");
            page.table(new String[] {"name", ">counted", ">p50", ">p99", ">max"}, rows);
            shapes();
        }
    }

    /** The pictures of those that hold anything: a character for each doubling. */
    private void shapes() {
        for (final SectionReading s : region.with(Distribution.class)) {
            final Distribution d = (Distribution) s.content();
            if (d.total() > 0) {
                final boolean nanos = (s.comment() + s.name()).contains("nano");
                page.line(
                        "  "
                                + s.name()
                                + ", doublings from "
                                + quantity(d.lowest(), d.total(), nanos)
                                + "  "
                                + Distributions.shape(d));
            }
        }
    }

    /** What came since the frame before, below what came since the start. */
    private static String[] recent(final Recent r, final boolean nanos) {
        final long any = r.perSecond() > 0 ? 1 : 0;
        return new String[] {
            "  new",
            String.format(Locale.ROOT, "%.0f/s", r.perSecond()),
            quantity(r.p50(), any, nanos),
            quantity(r.p99(), any, nanos),
            quantity(r.max(), any, nanos)
        };
    }

    private static String quantity(final long value, final long total, final boolean nanos) {
        if (total == 0) {
            return "-";
        }
        return nanos ? String.format(Locale.ROOT, "%.1f µs", value / 1000.0) : Long.toString(value);
    }

    private void counters() {
        for (final SectionReading s : region.with(Counts.class)) {
            title(s, "");
            page.pairs(
                    ((Counts) s.content())
                            .counters().entrySet().stream()
                                    .map(
                                            c ->
                                                    new String[] {
                                                        c.getKey(),
                                                        String.format(
                                                                        Locale.ROOT,
                                                                        "%,d",
                                                                        c.getValue())
                                                                + rate(s, c.getKey())
                                                    })
                                    .toList());
        }
    }

    /** What a counter gains in a second; nothing where it gained nothing, or is an instant or a maximum. */
    private static String rate(final SectionReading s, final String name) {
        final Map<String, Double> perSecond = ((Counts) s.content()).perSecond();
        final double rate = perSecond == null ? 0 : perSecond.get(name);
        return rate <= 0 || name.contains("_at_") || name.contains("_max_")
                ? ""
                : String.format(Locale.ROOT, "  %,.1f/s", rate);
    }

    private void structs() {
        for (final SectionReading s : region.with(Structs.class)) {
            final Structs structs = (Structs) s.content();
            if (!OtherSections.isWhole(region, s)) {
                continue;
            }
            title(s, structs.sequence() == null ? "" : "sequence " + structs.sequence());
            for (int i = 0; i < structs.elements().size(); i++) {
                if (s.count() > 1) {
                    page.line("  number " + i);
                }
                final List<String[]> pairs = new ArrayList<>();
                flatten("", structs.elements().get(i), pairs);
                page.pairs(pairs);
            }
        }
    }

    private void broadcasts() {
        for (final SectionReading s : region.with(Broadcast.class)) {
            final Broadcast b = (Broadcast) s.content();
            title(
                    s,
                    b.published()
                            + " published, the last "
                            + b.last().size()
                            + " of "
                            + b.capacity());
            for (final Message m : b.last()) {
                page.line("  position " + m.position());
                final List<String[]> pairs = new ArrayList<>();
                flatten("", m.fields(), pairs);
                page.pairs(pairs);
            }
        }
    }

    private static void flatten(
            final String prefix, final Map<?, ?> fields, final List<String[]> pairs) {
        fields.forEach((name, value) -> flatten(prefix + name, value, pairs));
    }

    private static void flatten(final String name, final Object value, final List<String[]> pairs) {
        if (value instanceof Map<?, ?> nested) {
            flatten(name + ".", nested, pairs);
        } else if (value instanceof List<?> list
                && !list.isEmpty()
                && list.get(0) instanceof Map<?, ?>) {
            for (int i = 0; i < Math.min(list.size(), MOST_STRUCTS); i++) {
                flatten(name + "[" + i + "]", list.get(i), pairs);
            }
        } else {
            pairs.add(new String[] {name, OtherSections.value(value)});
        }
    }

    private void title(final SectionReading s, final String more) {
        title(page, s, more);
    }

    /** A heading: the section's name, what is to be said of it as a whole, and what it is for. */
    static void title(final Page page, final SectionReading s, final String more) {
        page.heading(
                s.name()
                        + (more.isEmpty() ? "" : " (" + more + ")")
                        + (s.comment().isEmpty() ? "" : ": " + s.comment()));
    }
}
