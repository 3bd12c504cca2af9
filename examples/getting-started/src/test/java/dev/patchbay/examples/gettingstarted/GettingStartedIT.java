// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.gettingstarted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does what docs/getting-started.md tells a reader to do. The one difference: Maven's local repository is one of the test's own. */
class GettingStartedIT {
    private static Repository repository;
    private static Page page;

    @BeforeAll
    static void readThePage() throws IOException {
        repository = Repository.ofThisBuild();
        page = Page.read(Repository.root().resolve("docs/getting-started.md"));
    }

    static List<Jdk> jdks() throws IOException {
        return Jdk.oldestAndNewest();
    }

    @Test
    void thePageHasListingsCommandsAndOutputs() {
        assertTrue(page.steps().stream().filter(Page.Listing.class::isInstance).count() >= 4);
        assertTrue(
                page.steps().stream()
                                .filter(Page.Commands.class::isInstance)
                                .filter(step -> ((Page.Commands) step).output() != null)
                                .count()
                        >= 2);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void whoFollowsThePageSeesWhatItShows(final Jdk jdk, @TempDir final Path folder)
            throws IOException, InterruptedException {
        final Shell shell = new Shell(folder, jdk, repository);
        for (final Page.Step step : page.steps()) {
            if (step instanceof Page.Listing listing) {
                write(folder.resolve(listing.path()), listing.text());
            } else if (step instanceof Page.Commands commands) {
                final Shell.Result result = shell.bash(commands.script());
                assertEquals(0, result.status(), commands.script() + result.output());
                if (commands.output() != null) {
                    assertEquals(commands.output(), result.output(), commands.script());
                }
            }
        }
    }

    private static void write(final Path file, final String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
