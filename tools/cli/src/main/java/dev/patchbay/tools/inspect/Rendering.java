// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns what was read into text or JSON. */
final class Rendering {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    /** What stands for a character where the terminal knows ASCII alone. */
    private static final String FANCY = "█▉▊▋▌▍▎▏░·▁▂▃▄▅▆▇…µ\uFFFD";

    private static final String ASCII = "#######|-..:-=+**~u?";

    private Rendering() {}

    /** The lines of a frame for a terminal of this width. */
    static List<Page.Line> lines(final Target target, final Target.Frame frame, final int columns) {
        final List<Page.Line> lines = new ArrayList<>();
        if (target.isList()) {
            lines.addAll(ListPage.of(frame.regions(), columns));
        } else {
            for (final RegionReading region : frame.regions()) {
                if (!lines.isEmpty()) {
                    lines.add(new Page.Line("", false));
                }
                lines.addAll(RegionPage.of(region, columns));
            }
        }
        final Page failures = new Page(columns);
        frame.failures().forEach(failure -> failures.paragraph(failure, 0));
        lines.addAll(failures.lines());
        return lines;
    }

    /** A frame as JSON: an object for a file, else an array, in which an object with a problem alone stands for what cannot be read. */
    static String json(final Target target, final Target.Frame frame, final boolean oneLine) {
        final ObjectWriter writer =
                oneLine ? MAPPER.writer() : MAPPER.writerWithDefaultPrettyPrinter();
        try {
            final List<Object> all = new ArrayList<>(frame.regions());
            frame.failures().forEach(failure -> all.add(Map.of("problem", failure)));
            return PlainText.json(writer.writeValueAsString(target.isFile() ? all.get(0) : all))
                    + "\n";
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("Records are always JSON, but " + e, e);
        }
    }

    /** Whether the standard output's character set has the characters that bars are made of. */
    static boolean outputIsUnicode() {
        final String name =
                System.getProperty("stdout.encoding", System.getProperty("native.encoding", ""));
        return Charset.isSupported(name.isEmpty() ? "?" : name)
                && Charset.forName(name).newEncoder().canEncode(FANCY);
    }

    /** The text for an output that knows ASCII alone. */
    static String ascii(final String text) {
        final StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            final int at = FANCY.indexOf(c);
                            plain.append(at >= 0 ? ASCII.charAt(at) : c < 0x80 ? (char) c : '?');
                        });
        return plain.toString();
    }
}
