// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.EventForm;
import dev.patchbay.layout.EventMeaning;
import dev.patchbay.layout.EventTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documentation says of events is what their declaration says. With -Dpatchbay.regenerate=true it is written anew. */
class EventDocumentationTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final String BEGIN = "<!-- made from EventForm: begin -->\n";
    private static final String END = "<!-- made from EventForm: end -->\n";

    private static void isUpToDate(final Path file, final UnaryOperator<String> renewal)
            throws IOException {
        final String found = Files.readString(file);
        final String expected = renewal.apply(found);
        if (Boolean.getBoolean("patchbay.regenerate")) {
            Files.writeString(file, expected);
        } else {
            assertEquals(
                    expected,
                    found,
                    file.normalize()
                            + " does not say what EventForm says; run the build with"
                            + " -Dpatchbay.regenerate=true and commit the file.");
        }
    }

    @Test
    void thePageOnLayoutHasTheTableOfTheDeclaration() throws IOException {
        isUpToDate(
                BASE.resolve("../docs/layout.md"),
                page -> {
                    final int begin = page.indexOf(BEGIN);
                    final int end = page.indexOf(END);
                    assertTrue(begin > 0 && end > begin, "the page has the marks of the table");
                    return page.substring(0, begin + BEGIN.length())
                            + EventTable.markdown()
                            + page.substring(end);
                });
    }

    @Test
    void theJavadocOfEachTypeIsThatOfTheDeclaration() throws IOException {
        isUpToDate(
                BASE.resolve("src/main/java/dev/patchbay/eventqueue/EventType.java"),
                source -> {
                    String renewed = source;
                    for (final EventForm form : EventForm.all()) {
                        renewed = documented(renewed, form);
                    }
                    return renewed;
                });
    }

    private static String documented(final String source, final EventForm form) {
        final Matcher matcher =
                Pattern.compile(
                                "    /\\*\\*(?:(?!\\*/).)*\\*/\n(    public static final int "
                                        + form.name().toUpperCase(Locale.ROOT)
                                        + " = )",
                                Pattern.DOTALL)
                        .matcher(source);
        assertTrue(matcher.find(), "EventType has " + form.name());
        return source.substring(0, matcher.start())
                + javadoc(form)
                + source.substring(matcher.start(1));
    }

    private static String javadoc(final EventForm form) {
        if (form.meanings().isEmpty()) {
            return "    /** " + form.comment() + " */\n";
        }
        final StringBuilder text = new StringBuilder("    /**\n     * " + form.comment());
        text.append("\n     *\n     * <ul>\n");
        for (final EventMeaning meaning : form.meanings()) {
            final String field = meaning.slot().field();
            text.append("     *   <li>").append(field);
            text.append(meaning.name().equals(field) ? "" : ": " + meaning.name());
            text.append(EventTable.range(meaning).isEmpty() ? "" : ", " + EventTable.range(meaning))
                    .append('\n');
        }
        return text.append("     * </ul>\n     */\n").toString();
    }
}
