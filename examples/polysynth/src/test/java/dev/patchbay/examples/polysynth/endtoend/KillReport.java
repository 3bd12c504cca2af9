// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What each kill met and what was found after it, as a table. Any thread. */
final class KillReport {
    private static final String HEAD =
            "| host | instance | kill | process | killed after | last complete change | in flight |"
                    + " restored | back after | result |\n"
                    + "| --: | --: | --: | --: | --: | --: | --- | --: | --: | --- |\n";

    private final List<Kill> kills = new ArrayList<>();

    /** One kill; a field that is not known yet is −1. */
    static final class Kill {
        private final int host;
        private final int instance;
        private final int number;
        private long pid = -1;
        private long killedMillis = -1;
        private long complete = -1;
        private String inFlight = "";
        private long restored = -1;
        private long backMillis = -1;
        private String result = "not finished";

        private Kill(final int host, final int instance, final int number) {
            this.host = host;
            this.instance = instance;
            this.number = number;
        }

        /** Which process, and for how long it had been up with its state. */
        synchronized void process(final long killed, final long millis) {
            pid = killed;
            killedMillis = millis;
        }

        /** What the process left behind. */
        synchronized void left(final long change, final String open) {
            complete = change;
            inFlight = open;
        }

        /** What its successor began with, and when. */
        synchronized void found(final long change, final long millis) {
            restored = change;
            backMillis = millis;
        }

        synchronized void result(final String sentence) {
            result = sentence.lines().findFirst().orElse("");
        }

        @Override
        public synchronized String toString() {
            return "kill " + number + " of instance " + instance + " in host " + host;
        }

        private synchronized String row() {
            return String.format(
                    Locale.ROOT,
                    "| %d | %d | %d | %d | %s | %s | %s | %s | %s | %s |%n",
                    host,
                    instance,
                    number,
                    pid,
                    told(killedMillis, " ms"),
                    told(complete, ""),
                    inFlight,
                    told(restored, ""),
                    told(backMillis, " ms"),
                    result.replace("|", "/"));
        }

        private static String told(final long value, final String unit) {
            return value < 0 ? "-" : value + unit;
        }
    }

    synchronized Kill begin(final int host, final int instance, final int number) {
        final Kill kill = new Kill(host, instance, number);
        kills.add(kill);
        return kill;
    }

    synchronized int count() {
        return kills.size();
    }

    /** Prints the table, and writes it into a file. */
    synchronized void write(final Path file, final long seed) throws IOException {
        final StringBuilder text = new StringBuilder("# Kills of control, seed " + seed + "\n\n");
        text.append(HEAD);
        kills.stream()
                .sorted(
                        Comparator.<Kill>comparingInt(k -> k.host)
                                .thenComparingInt(k -> k.instance)
                                .thenComparingInt(k -> k.number))
                .forEach(kill -> text.append(kill.row()));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        System.out.println(text + "\nThe table is in " + file);
    }
}
