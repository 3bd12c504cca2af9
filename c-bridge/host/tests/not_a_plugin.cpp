// SPDX-License-Identifier: Apache-2.0

/** A shared library like any other: loadable, but without the entry points of a VST3 plug-in. */
extern "C" __attribute__((visibility("default"))) int patchbayNotAPlugin() { return 0; }
