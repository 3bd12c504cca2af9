// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.header.HeaderGenerator;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderCommandTest {
    /** A declaration as an author has one. */
    public static final class Own implements Supplier<RegionDeclaration> {
        @Override
        public RegionDeclaration get() {
            return RegionDeclaration.named("own_one")
                    .counters("seen", "what was seen", Role.RT, "birds", "bees")
                    .build();
        }
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    private int run(final String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static String classes() throws Exception {
        return new File(Own.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .getPath();
    }

    @Test
    void theHeaderOfAnAuthorsDeclarationIsWrittenToAFileOrToStandardOutput() throws Exception {
        final String header = HeaderGenerator.generate(new Own().get());
        final String file = folder.resolve("deep/own.h").toString();
        final String name = Own.class.getName();
        assertEquals(
                0,
                run("header", "--declaration", name, "--class-path", classes(), "-o", file),
                err::toString);
        assertEquals(header, Files.readString(Path.of(file)));
        assertTrue(header.contains("#define PB_OWNONE_SEEN_BEES 1u"));
        assertEquals(0, run("header", "--declaration", name, "-cp", classes()));
        assertEquals(header, out.toString());
    }

    @Test
    void aDeclarationThatCannotBeLoadedLeavesTheOldHeaderAsItWas() throws Exception {
        final Path file = Files.writeString(folder.resolve("own.h"), "old");
        assertEquals(
                1,
                run("header", "--declaration", "no.Such", "-cp", classes(), "-o", file.toString()));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().startsWith("patchbay: "), err::toString);
        assertEquals("old", Files.readString(file));
    }

    @Test
    void theStandardHeaderIsInstalledUnderAPrefix() throws IOException {
        final Path prefix = folder.resolve("prefix");
        assertEquals(0, run("header", "--install", prefix.toString()), err::toString);
        for (final String file :
                new String[] {
                    "include/patchbay/standard.h",
                    "include/patchbay/module.h",
                    "lib/pkgconfig/patchbay.pc",
                    "lib/cmake/patchbay/patchbay-config.cmake",
                    "lib/cmake/patchbay/patchbay-config-version.cmake"
                }) {
            assertTrue(out.toString().contains("wrote " + prefix.resolve(file) + "\n"), file);
            assertTrue(Files.isRegularFile(prefix.resolve(file)), file);
        }
        assertFalse(Files.readString(prefix.resolve("lib/pkgconfig/patchbay.pc")).contains("@"));
    }

    @Test
    void anInstallationIsOfTheStandardHeaderAlone() {
        final String prefix = folder.resolve("prefix").toString();
        assertEquals(2, run("header", "--install", prefix, "-o", "x.h"));
        assertEquals(2, run("header", "--install", prefix, "--declaration", "x.Y"));
        assertEquals(
                """
patchbay: --install is for the standard region's header alone, so it excludes --output; "patchbay header --help" lists what is allowed.
patchbay: --install is for the standard region's header alone, so it excludes --declaration; "patchbay header --help" lists what is allowed.
""",
                err.toString());
        assertFalse(Files.exists(Path.of(prefix)));
    }
}
