// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.layout.Compatibility;
import dev.patchbay.layout.Compatibility.Verdict;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.RegionOutline;
import dev.patchbay.tools.inspect.PlainText;
import dev.patchbay.tools.inspect.SchemaReader;
import dev.patchbay.tools.map.LayoutJson;
import dev.patchbay.tools.map.LayoutText;
import dev.patchbay.tools.map.RegionMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Documents where everything lies in a region, or compares a declaration with an older one. */
@Command(
        name = "layout",
        description = {
            "Documents the bytes of a region: what lies where, who writes, who reads, in which"
                    + " order.",
            "With --compare it says instead whether programs of an older declaration can use the"
                    + " regions of this one: \"same\", \"readable by older\" (status 0), or"
                    + " \"incompatible\" with all reasons (status 1)."
        })
final class LayoutCommand implements Callable<Integer> {
    private enum Format {
        text,
        markdown,
        json,
        svg
    }

    @Spec private CommandSpec spec;

    @Mixin private DeclarationOptions options;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES} [${DEFAULT-VALUE}].")
    private Format format;

    @Mixin private OutputOptions output;

    @Option(
            names = "--compare",
            paramLabel = "OLDER",
            description =
                    "The older declaration: a class as for --declaration, or the file of a region"
                            + " or of a region's image.")
    private String older;

    @Override
    public Integer call() {
        final RegionDeclaration region = options.declaration();
        if (older != null) {
            return compare(region);
        }
        write(
                switch (format) {
                    case text -> new LayoutText(region).plain();
                    case markdown -> new LayoutText(region).markdown();
                    case json -> LayoutJson.of(region);
                    case svg -> RegionMap.of(region);
                });
        return 0;
    }

    private int compare(final RegionDeclaration newer) {
        final Compatibility verdict =
                Compatibility.between(outline(older), RegionOutline.of(newer));
        // The reasons quote names from a file that anyone may have written.
        write(PlainText.lines(verdict.toString()) + "\n");
        return verdict.verdict() == Verdict.INCOMPATIBLE ? 1 : 0;
    }

    private RegionOutline outline(final String classOrFile) {
        if (!classOrFile.contains("/") && !Files.exists(Path.of(classOrFile))) {
            return RegionOutline.of(options.declaration(classOrFile));
        }
        try {
            final RegionOutline outline = RegionOutline.read(Path.of(classOrFile));
            return outline.withShapes(SchemaReader.of(outline.schema()).shapes());
        } catch (final RegionException e) {
            throw new ToolException(PlainText.line(e.getMessage()), e);
        }
    }

    private void write(final String text) {
        output.write(text, spec.commandLine().getOut());
    }
}
