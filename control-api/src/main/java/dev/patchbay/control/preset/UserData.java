// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.state.PluginIdentity;
import java.nio.file.Path;
import java.util.Map;

/** Where a user's files are, by the XDG Base Directory Specification. */
final class UserData {
    private UserData() {}

    /**
     * {@return the folder of a plug-in's user presets, which need not exist} It is {@code patchbay/VENDOR/PLUG-IN/presets} in
     * {@code $XDG_DATA_HOME}, or in {@code ~/.local/share} where that is not set or, as the specification asks, is no absolute path.
     *
     * @param environment the process's
     * @param home what stands for {@code $HOME} where that is not set
     */
    static Path presets(
            final Map<String, String> environment, final String home, final PluginIdentity plugin) {
        final String data = environment.getOrDefault("XDG_DATA_HOME", "");
        final String own = environment.getOrDefault("HOME", home);
        // Without a home there is nowhere to save, which saving then says; never a folder that
        // depends on where the host was
        // started.
        final Path base =
                data.startsWith("/")
                        ? Path.of(data)
                        : Path.of("/").resolve(own).resolve(".local").resolve("share");
        return base.resolve("patchbay")
                .resolve(FileNames.of(plugin.vendor()))
                .resolve(FileNames.of(plugin.name()))
                .resolve("presets");
    }
}
