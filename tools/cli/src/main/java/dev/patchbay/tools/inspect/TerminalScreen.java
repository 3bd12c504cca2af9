// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A terminal whose whole screen is drawn again and again; closed, or when the process ends, it is as it was before. It knows the
 * control sequences that every terminal of this century does, and asks {@code stty} for the rest.
 */
final class TerminalScreen implements AutoCloseable {
    private static final String ENTER = "\033[?1049h\033[?25l\033[?7l";
    private static final String LEAVE = "\033[?7h\033[?25h\033[?1049l";
    private static final String BOLD = "\033[1m";
    private static final String REVERSE = "\033[7m";
    private static final String PLAIN = "\033[0m";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";
    private static final String HOME = "\033[H";
    private static final File TTY = new File("/dev/tty");

    private final PrintWriter out;
    private final Thread hook = new Thread(this::restore, "restore terminal");
    private final String settings;
    private boolean restored;

    /** The width and height of a terminal in characters. */
    record Size(int columns, int rows) {}

    /** Takes the screen of the terminal that this writes to. */
    TerminalScreen(final PrintWriter out) {
        this.out = out;
        this.settings = Descriptors.isTerminal(Descriptors.INPUT) ? stty("-g") : "";
        if (!settings.isEmpty()) {
            // Keys are read one by one; the interrupt key still interrupts, and the hook cleans up.
            stty("-icanon", "-echo", "min", "0", "time", "0", "susp", "undef");
        }
        Runtime.getRuntime().addShutdownHook(hook);
        write(ENTER);
    }

    /** The size now: of the terminal, or as COLUMNS and LINES say, or 80 by 24. */
    static Size size() {
        final String[] size =
                Descriptors.isTerminal(Descriptors.OUTPUT)
                        ? stty("size").split(" ")
                        : new String[0];
        final int rows = size.length == 2 ? number(size[0]) : 0;
        final int columns = size.length == 2 ? number(size[1]) : 0;
        return new Size(
                columns > 0 ? columns : or(number(System.getenv("COLUMNS")), 80),
                rows > 0 ? rows : or(number(System.getenv("LINES")), 24));
    }

    private static int or(final int value, final int otherwise) {
        return value > 0 ? value : otherwise;
    }

    private static int number(final String text) {
        return text != null && text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    /** Draws lines from the top, and a status in the last row. */
    void draw(final List<Page.Line> lines, final String status, final Size size) {
        final StringBuilder frame = new StringBuilder(HOME);
        for (int i = 0; i < size.rows() - 1; i++) {
            if (i < lines.size()) {
                final Page.Line line = lines.get(i);
                frame.append(line.heading() ? BOLD : "").append(line.text()).append(PLAIN);
            }
            frame.append(CLEAR_LINE).append("\r\n");
        }
        frame.append(REVERSE).append(PlainText.left(status, size.columns())).append(PLAIN);
        write(frame.append(CLEAR_BELOW).toString());
    }

    /** The keys that were pressed since the last call; none where the input is no terminal. */
    String keys(final InputStream in) throws IOException {
        if (settings.isEmpty() || in.available() == 0) {
            return "";
        }
        return new String(in.readNBytes(in.available()), StandardCharsets.ISO_8859_1);
    }

    private synchronized void write(final String text) {
        if (!restored) {
            out.print(text);
            out.flush();
        }
    }

    private synchronized void restore() {
        if (!restored) {
            write(LEAVE);
            restored = true;
            if (!settings.isEmpty()) {
                stty(settings);
            }
        }
    }

    @Override
    public void close() {
        restore();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** What stty says about the terminal of this process, or nothing where there is none. */
    private static String stty(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            final Process process =
                    new ProcessBuilder(command)
                            .redirectInput(TTY)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            final String answer =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? answer.strip()
                    : "";
        } catch (final IOException e) {
            // No terminal, or no stty: the sizes of the environment and no keys.
            return "";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
