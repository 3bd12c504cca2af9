// SPDX-License-Identifier: Apache-2.0
package outside;

import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.ReadOnlyRegion;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.SectionEntry;
import java.nio.file.Path;

/** Declares a region, makes it, writes a value, attaches it read-only and prints what it reads. */
public final class Main {
    private Main() {}

    /** Takes the file to make. */
    public static void main(final String[] args) {
        final RegionDeclaration declaration =
                RegionDeclaration.named("outside")
                        .array("levels", "any", new Role("writer", 0), FieldType.FLOAT64, 3)
                        .build();
        final Path file = Path.of(args[0]);
        final Section levels = declaration.section("levels");
        try (Region region = Region.create(file, new RegionImage(declaration))) {
            final int at = region.section(levels).elementOffset(2);
            region.buffer().putLongRelease(at, Double.doubleToRawLongBits(0.625));
        }
        try (ReadOnlyRegion region = Region.attachReadOnly(file)) {
            final SectionEntry found = region.section(levels);
            System.out.println(
                    "Java "
                            + Runtime.version().feature()
                            + ", "
                            + (Main.class.getModule().isNamed() ? "module" : "class")
                            + " path: "
                            + region.name()
                            + ", "
                            + found.count()
                            + " levels, the last "
                            + region.loads().float64(found.elementOffset(2)));
        }
    }
}
