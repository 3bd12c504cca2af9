// SPDX-License-Identifier: Apache-2.0
/** A module outside of Patchbay. */
module outside {
    requires dev.patchbay.layout;
}
