// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.report.TextTable;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints where everything lies in the standard region. */
@Command(name = "layout", description = "Prints a table of the standard region's sections.")
final class LayoutCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        final RegionDeclaration region = StandardRegion.declare(StandardRegion.Counts.DEFAULT);
        final TextTable table =
                new TextTable(
                        "section", "kind", "writer", "readers", ">offset", ">length", ">count",
                        "order");
        for (final Section section : region.sections()) {
            table.row(
                    section.name(),
                    lower(section.kind()).replace('_', ' '),
                    names(section.writers()),
                    names(section.readers()),
                    Long.toString(section.offset()),
                    Long.toString(section.length()),
                    Integer.toString(section.count()),
                    section.kind().order());
        }
        spec.commandLine().getOut().print(table);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%nRegion \"%s\": %d sections, %d bytes, layout hash %016x%n",
                        region.name(),
                        region.sections().size(),
                        region.length(),
                        region.hash());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String names(final Set<Role> roles) {
        return roles.stream().map(Role::name).collect(Collectors.joining(" "));
    }

    private static String lower(final Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
