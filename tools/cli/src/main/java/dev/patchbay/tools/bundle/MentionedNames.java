// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.tools.ToolException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;

/**
 * What may be the name of a class in the file of a class: all of its texts (JVM specification, 4.4.7), and what stands in
 * descriptors and signatures (4.3, 4.7.9.1).
 */
final class MentionedNames {
    private static final Pattern DESCRIBED = Pattern.compile("L([^;<()]+)[;<]");
    private static final int UTF8 = 1;

    private MentionedNames() {}

    /** {@return the names, with slashes} */
    static Set<String> in(final byte[] classFile, final Path from, final String name) {
        final Set<String> names = new HashSet<>();
        try {
            final ClassReader reader = new ClassReader(classFile);
            for (int i = 1; i < reader.getItemCount(); i++) {
                final int at = reader.getItem(i);
                if (at > 0 && reader.readByte(at - 1) == UTF8) {
                    add(
                            names,
                            new String(
                                    reader.readBytes(at + 2, reader.readUnsignedShort(at)), UTF_8));
                }
            }
        } catch (final IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new ToolException(
                    name
                            + " in "
                            + from
                            + " cannot be read ("
                            + e.getMessage()
                            + "), expected a class that was compiled for a Java that these tools"
                            + " know.",
                    e);
        }
        return names;
    }

    private static void add(final Set<String> names, final String text) {
        names.add(text.replace('.', '/'));
        final Matcher described = DESCRIBED.matcher(text);
        while (described.find()) {
            names.add(described.group(1));
        }
    }
}
