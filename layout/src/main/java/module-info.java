// SPDX-License-Identifier: Apache-2.0
/**
 * Declares regions of shared memory, computes their bytes, maps and checks them, and generates the C header.
 */
module dev.patchbay.layout {
    requires transitive org.agrona;

    exports dev.patchbay.layout;
    exports dev.patchbay.layout.header;

    uses dev.patchbay.layout.header.HeaderPart;
}
