// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.tools.inspect.RegionReading.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows many regions, one a row. */
final class ListPage {
    private ListPage() {}

    /** The lines of a list for a terminal of this width. */
    static List<Page.Line> of(final List<RegionReading> regions, final int columns) {
        final Page page = new Page(columns);
        if (regions.isEmpty()) {
            return page.line("No process of this user holds a region.").lines();
        }
        final List<String[]> rows = new ArrayList<>();
        for (final RegionReading r : regions) {
            rows.add(
                    new String[] {
                        r.name(),
                        String.format(Locale.ROOT, "%,d", r.length()),
                        Integer.toString(r.creator().pid()),
                        r.creator().alive() ? r.creator().command() : "(ended)",
                        RegionPage.age(r.creator().ageSeconds()),
                        roles(r)
                    });
        }
        page.table(new String[] {"region", ">bytes", ">owner", "command", ">age", "roles"}, rows);
        for (final RegionReading r : regions) {
            r.problems().forEach(problem -> page.paragraph(r.file() + ": " + problem, 2));
        }
        return page.lines();
    }

    private static String roles(final RegionReading region) {
        final StringBuilder text = new StringBuilder();
        for (final Participant p : region.roles()) {
            if (p.state() != null && !p.state().equals("none")) {
                text.append(text.length() == 0 ? "" : " ").append(p.role()).append(':');
                text.append(p.alive() ? p.state() : "gone");
            }
        }
        return text.length() == 0 ? "-" : text.toString();
    }
}
