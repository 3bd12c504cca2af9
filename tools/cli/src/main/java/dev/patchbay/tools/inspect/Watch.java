// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;

/** Shows a target again and again: in place on a terminal, else one frame after the other. */
public final class Watch {
    private static final long KEY_MILLIS = 50;

    private final Target target;
    private final PrintWriter out;
    private final boolean json;
    private final boolean unicode;
    private final double intervalSeconds;
    private final int frames;
    private int shown;
    private int top;

    /**
     * A watch.
     *
     * @param json whether each frame is a line of JSON
     * @param intervalSeconds from frame to frame
     * @param frames after how many it ends; 0 for never
     */
    public Watch(
            final Target target,
            final PrintWriter out,
            final boolean json,
            final double intervalSeconds,
            final int frames) {
        this.target = target;
        this.out = out;
        this.json = json;
        this.intervalSeconds = intervalSeconds;
        this.frames = frames;
        this.unicode = Rendering.outputIsUnicode();
    }

    /** Shows the target once. */
    public static void once(final Target target, final PrintWriter out, final boolean json) {
        new Watch(target, out, json, 0, 1).print(target.read());
        out.flush();
    }

    /**
     * Watches until the frames are shown, the user ends it or the target is gone, which it says in a sentence.
     *
     * @param in the keys of a terminal
     * @throws ToolException if there is nothing to watch from the start
     */
    public void run(final InputStream in) {
        final Target.Frame first = target.read();
        String end = "";
        try {
            if (json || !Descriptors.isTerminal(Descriptors.OUTPUT)) {
                plain(first);
            } else {
                try (TerminalScreen screen = new TerminalScreen(out)) {
                    live(screen, in, first);
                }
            }
        } catch (final ToolException e) {
            end = e.getMessage();
        } catch (final IOException e) {
            throw new ToolException("The keyboard cannot be read: " + e.getMessage() + ".", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!end.isEmpty() && !json) {
            out.println(text(end));
        }
        out.flush();
    }

    private boolean isLast() {
        shown++;
        return frames > 0 && shown >= frames;
    }

    private void plain(final Target.Frame first) throws InterruptedException {
        Target.Frame frame = first;
        while (true) {
            print(frame);
            out.flush();
            if (isLast()) {
                return;
            }
            Thread.sleep((long) (intervalSeconds * 1000));
            if (!json) {
                out.println();
            }
            frame = target.read();
        }
    }

    private void print(final Target.Frame frame) {
        if (json) {
            out.print(Rendering.json(target, frame, intervalSeconds > 0));
            return;
        }
        Rendering.lines(target, frame, TerminalScreen.size().columns())
                .forEach(line -> out.println(text(line.text())));
    }

    private String text(final String line) {
        return unicode ? line : Rendering.ascii(line);
    }

    private void live(final TerminalScreen screen, final InputStream in, final Target.Frame first)
            throws IOException, InterruptedException {
        Target.Frame frame = first;
        while (true) {
            draw(screen, frame);
            if (isLast() || waits(screen, in, frame)) {
                return;
            }
            frame = target.read();
        }
    }

    private void draw(final TerminalScreen screen, final Target.Frame frame) {
        final TerminalScreen.Size size = TerminalScreen.size();
        final List<Page.Line> lines =
                Rendering.lines(target, frame, size.columns()).stream()
                        .map(line -> new Page.Line(text(line.text()), line.heading()))
                        .toList();
        final int room = Math.max(1, size.rows() - 1);
        top = Math.max(0, Math.min(top, lines.size() - room));
        final int end = Math.min(lines.size(), top + room);
        final String place =
                lines.size() > room
                        ? String.format(
                                Locale.ROOT,
                                "j k scroll  lines %d-%d of %d  ",
                                top + 1,
                                end,
                                lines.size())
                        : "";
        screen.draw(
                lines.subList(top, end),
                String.format(
                        Locale.ROOT,
                        " %tT  q quits  %severy %s s  %s",
                        LocalTime.now(),
                        place,
                        Double.toString(intervalSeconds).replaceAll("\\.0$", ""),
                        PlainText.line(target.toString())),
                size);
    }

    /** Waits for the next frame, scrolling meanwhile; gives whether the user wants to end. */
    private boolean waits(
            final TerminalScreen screen, final InputStream in, final Target.Frame frame)
            throws IOException, InterruptedException {
        final long end = System.nanoTime() + (long) (intervalSeconds * 1e9);
        while (true) {
            final long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            final String keys = screen.keys(in);
            if (keys.indexOf('q') >= 0) {
                return true;
            }
            if (scroll(keys)) {
                draw(screen, frame);
            }
            Thread.sleep(Math.min(left, KEY_MILLIS));
        }
    }

    private boolean scroll(final String keys) {
        final int page = Math.max(1, TerminalScreen.size().rows() - 3);
        final int before = top;
        for (final String key : keys.split("(?<=[^\033\\[])(?!$)")) {
            switch (key) {
                case "j", "\033[B" -> top++;
                case "k", "\033[A" -> top--;
                case " ", "\033[6~" -> top += page;
                case "b", "\033[5~" -> top -= page;
                default -> {
                    // Any other key does nothing.
                }
            }
        }
        return top != before;
    }
}
