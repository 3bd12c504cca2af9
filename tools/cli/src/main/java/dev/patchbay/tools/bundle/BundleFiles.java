// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

/** Where the files of a bundle lie, below its folder; those of the modules' processes are {@link JvmCommand}'s. */
final class BundleFiles {
    static final String BINARIES = "Contents/x86_64-linux";
    static final String RESOURCES = "Contents/Resources";
    static final String BUILD = RESOURCES + "/build.yaml";
    static final String MODULE_INFO = RESOURCES + "/moduleinfo.json";
    static final String REGION_IMAGE = RESOURCES + "/region.image";
    static final String ENGINE_IMAGE = RESOURCES + "/engine.image";
    static final String LICENCES = RESOURCES + "/licenses";
    static final String CHECKSUMS = RESOURCES + "/checksums.sha256";

    /** The pictures' folder; {@code moduleinfo.json} names them from {@code Contents} on. */
    static final String SNAPSHOTS = RESOURCES + "/Snapshots";

    private BundleFiles() {}

    /** The library of a bundle: hosts look for one of the bundle's own name. */
    static String library(final String bundleName) {
        return BINARIES + "/" + bundleName.substring(0, bundleName.lastIndexOf('.')) + ".so";
    }
}
