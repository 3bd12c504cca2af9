// SPDX-License-Identifier: Apache-2.0
/** Events between the processes of a plug-in: the queue of fixed slots and the view of a slot. */
module dev.patchbay.eventqueue {
    requires transitive dev.patchbay.atomics;

    exports dev.patchbay.eventqueue;
    exports dev.patchbay.eventqueue.midi;

    provides dev.patchbay.layout.header.HeaderPart with
            dev.patchbay.eventqueue.EventQueueHeaderPart,
            dev.patchbay.eventqueue.RingsHeaderPart,
            dev.patchbay.eventqueue.SharedRingsHeaderPart,
            dev.patchbay.eventqueue.SysexHeaderPart;
}
