// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/real-time-safety.md says what is true. */
class DocumentationTest {
    private final List<String> page = Files.readAllLines(Path.of("../../docs/real-time-safety.md"));

    DocumentationTest() throws IOException {}

    @Test
    void itsTableHasEachCategoryOnceInTheirOrder() {
        assertEquals(
                Arrays.stream(Category.values()).map(Category::name).toList(),
                page.stream()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("`")[1])
                        .toList());
    }

    @Test
    void itsFindingIsTheOneThatIsShown() {
        final String shown =
                StaticVerifier.verify(Canaries.RareObject.class).findings().get(0).toString();
        assertTrue(String.join("\n", page).contains("```\n" + shown + "```"), shown);
    }
}
