// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.automation;

import dev.patchbay.layout.StandardStructs;

/** Where the fields of an entry lie. No text: what plays the table is real-time code. */
final class AutomationTable {
    static final int STRIDE = StandardStructs.AUTOMATION_ENTRY.size();
    static final int TIME = StandardStructs.AUTOMATION_ENTRY.offset("time");
    static final int VALUE = StandardStructs.AUTOMATION_ENTRY.offset("value");
    static final int CURVE = StandardStructs.AUTOMATION_ENTRY.offset("curve");
    static final int KIND = StandardStructs.AUTOMATION_ENTRY.offset("kind");
    static final int PARAMETER = StandardStructs.AUTOMATION_ENTRY.offset("parameter_index");
    static final int FIRST = StandardStructs.AUTOMATION_ENTRY.offset("first");
    static final int COUNT = StandardStructs.AUTOMATION_ENTRY.offset("count");

    private AutomationTable() {}
}
