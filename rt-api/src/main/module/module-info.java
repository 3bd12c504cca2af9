// SPDX-License-Identifier: Apache-2.0
/** What a real-time module is written against, and the engine process that runs it. */
module dev.patchbay.rt {
    requires transitive dev.patchbay.eventqueue;
    requires java.management;
    requires jdk.management;

    exports dev.patchbay.rt;
}
