// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The prebuilt bridge: the library that a host loads, the same for every plug-in but for its name. */
final class BridgeLibrary {
    /** {@code kVstVersionString} of the SDK, which the factory gives to hosts. */
    private static final Pattern SDK_VERSION = Pattern.compile("VST (3)\\.(\\d+)\\.\\d+");

    /** From this minor version of the SDK on its interfaces are under the MIT licence. */
    private static final int FIRST_MIT = 8;

    private final byte[] bytes;
    private final String sdkVersion;
    private final boolean mit;

    BridgeLibrary(final Bundler.Bridge source) throws IOException {
        try (InputStream in = source.open()) {
            bytes = in.readAllBytes();
        }
        final Matcher version = SDK_VERSION.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        if (!version.find()) {
            throw new ToolException(
                    "The bridge's library does not name the VST SDK that it was built with,"
                            + " expected a text such as \"VST 3.7.2\" in it: build c-bridge anew.");
        }
        sdkVersion = version.group();
        mit = Integer.parseInt(version.group(2)) >= FIRST_MIT;
    }

    /** The version of the SDK that it was built with, such as {@code VST 3.7.2}. */
    String sdkVersion() {
        return sdkVersion;
    }

    /** What its licence is, given that SDK's. */
    String licence() {
        return mit
                ? "Apache-2.0, with parts of Steinberg's VST 3 SDK under the MIT licence"
                : "built from sources under Apache-2.0 with Steinberg's "
                        + sdkVersion
                        + " SDK, so as a whole under the GPL version 3 or Steinberg's own licence";
    }

    /** Writes it as a program that can be loaded. */
    void write(final Path file) throws IOException {
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
