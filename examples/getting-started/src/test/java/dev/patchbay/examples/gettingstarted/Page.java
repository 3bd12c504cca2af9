// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.gettingstarted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fenced blocks of a Markdown page, in order, as what a reader does with them: a block marked {@code sh} is run, one marked
 * {@code text} is what the run before it prints, and any other is a file, whose path is the last thing in backticks before it
 * that has the extension of the block's language.
 *
 * @param steps what to do
 */
record Page(List<Page.Step> steps) {
    private static final Pattern BLOCK =
            Pattern.compile("^```([a-z]*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");

    /** The extension of a file by the language of its listing. */
    private static final Map<String, String> EXTENSIONS =
            Map.of("xml", ".xml", "java", ".java", "c", ".c");

    /** One thing to do. */
    sealed interface Step {}

    /** Write a file. */
    record Listing(Path path, String text) implements Step {}

    /** Run commands, and compare what they print where the page shows it; null where it does not. */
    record Commands(String script, String output) implements Step {}

    static Page read(final Path file) throws IOException {
        final String text = Files.readString(file);
        final List<Step> steps = new ArrayList<>();
        final Matcher block = BLOCK.matcher(text);
        int end = 0;
        while (block.find()) {
            final String language = block.group(1);
            final String content = block.group(2);
            switch (language) {
                case "sh" -> steps.add(new Commands(content, null));
                case "text" -> expect(steps, content);
                default ->
                        steps.add(
                                new Listing(
                                        path(text.substring(end, block.start()), language),
                                        content));
            }
            end = block.end();
        }
        return new Page(List.copyOf(steps));
    }

    private static void expect(final List<Step> steps, final String output) {
        final int last = steps.size() - 1;
        if (last < 0 || !(steps.get(last) instanceof Commands run) || run.output() != null) {
            throw new IllegalArgumentException(
                    "The page shows this output, but no commands before it:\n" + output);
        }
        steps.set(last, new Commands(run.script(), output));
    }

    private static Path path(final String before, final String language) {
        final String extension = EXTENSIONS.get(language);
        String path = null;
        final Matcher quoted = QUOTED.matcher(before);
        while (extension != null && quoted.find()) {
            if (quoted.group(1).endsWith(extension)) {
                path = quoted.group(1);
            }
        }
        if (path == null) {
            throw new IllegalArgumentException(
                    "A block of the page is marked \""
                            + language
                            + "\", but no file of that kind is named before it; commands are marked"
                            + " sh, what they print text.");
        }
        return Path.of(path);
    }
}
