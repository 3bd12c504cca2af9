// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.layout.StandardRegion.LogLevel;

/**
 * What a real-time module has to say to people. A message goes into a ring in the plug-in's region, without allocation, lock or system
 * call; the bridge takes it out within about a tenth of a second and writes it to its log, also when the engine has died since.
 * For the thread that calls the module; real-time safe.
 *
 * <p>A text is a constant with up to two places {@code {}}, which are replaced by the arguments, in their order, when the message is
 * written out: {@code logger.log(Level.WARNING, "{} voices were stolen at {} dB", stolen, level)}. Do not build texts: that
 * allocates. A text of more than {@value #MAX_TEXT} bytes of UTF-8 is cut.
 *
 * <p>When the ring is full, which is after about fifty messages that nobody has taken, the newest is dropped and counted; the
 * log then says how many are missing. So a module that complains in every block costs little, and fills no disk.
 */
public interface RtLogger {
    /** The most bytes of a text. */
    int MAX_TEXT = LogLevel.MAX_TEXT;

    /** How much a message matters. */
    enum Level {
        /** What somebody may want to know. */
        INFO,
        /** The sound is not what it should be, or will not be for long. */
        WARNING,
        /** Something does not work. */
        ERROR
    }

    /** Puts a text. */
    void log(Level level, String text);

    /** Puts a text with a whole number. */
    void log(Level level, String text, long argument);

    /** Puts a text with a number. */
    void log(Level level, String text, double argument);

    /** Puts a text with two whole numbers. */
    void log(Level level, String text, long first, long second);

    /** Puts a text with a whole number and a number. */
    void log(Level level, String text, long first, double second);

    /** Puts a text with a number and a whole number. */
    void log(Level level, String text, double first, long second);

    /** Puts a text with two numbers. */
    void log(Level level, String text, double first, double second);

    /** {@return how many messages were dropped since the region was made, because the ring was full} */
    long dropped();
}
