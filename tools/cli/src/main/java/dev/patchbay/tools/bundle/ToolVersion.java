// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of these tools, as their build wrote it. */
public final class ToolVersion implements IVersionProvider {
    /** The version. */
    public static String get() {
        final Properties properties = new Properties();
        try (InputStream in = ToolVersion.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"patchbay " + get()};
    }
}
