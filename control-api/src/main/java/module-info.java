// SPDX-License-Identifier: Apache-2.0
/** What a control module is written against, and the process that runs it. */
module dev.patchbay.control {
    requires transitive dev.patchbay.eventqueue;
    requires transitive com.sun.jna;
    requires org.objectweb.asm;
    requires com.fasterxml.jackson.core;
    requires java.management;
    requires jdk.httpserver;
    requires jdk.management;

    exports dev.patchbay.control;
    exports dev.patchbay.control.midi;
    exports dev.patchbay.control.parameter;
    exports dev.patchbay.control.preset;
    exports dev.patchbay.control.state;
    exports dev.patchbay.control.ui;
}
