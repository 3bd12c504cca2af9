// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.patchbay.atomics.RoleCell;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Who sees a role's state sees who it is. */
@JCStressTest
@ForSection(SectionKind.ROLES)
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "Looked before anything.")
@Outcome(id = "0, 7, 0", expect = ACCEPTABLE, desc = "The pid is there, the state not yet.")
@Outcome(id = "0, 7, 9", expect = ACCEPTABLE, desc = "All but the state.")
@Outcome(id = "0, 0, 9", expect = ACCEPTABLE, desc = "The pid was looked at before.")
@Outcome(id = "2, 7, 9", expect = ACCEPTABLE, desc = "Ready, and who it is.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "Ready, but not who it is.")
@State
public class RoleCellStress {
    private static final StructType CELL = StandardStructs.ROLE;

    private final SectionEntry section = Slots.section(1, CELL.size(), 1);
    private final RoleCell cell = new RoleCell(Slots.MEMORY, section, Role.BRIDGE);
    private final Loads loads = Loads.over(Slots.MEMORY);
    private final int at = section.elementOffset(Role.BRIDGE.code());

    /** The role's own process. */
    @Actor
    public void identify() {
        cell.identify(7, 8, 9, "Epsilon");
        cell.state(StandardRegion.RoleState.READY);
        cell.heartbeat(10);
    }

    /** Whoever watches. */
    @Actor
    public void look(final III_Result r) {
        r.r1 = RoleCell.stateOf(loads, section, Role.BRIDGE);
        r.r2 = loads.int32(at + CELL.offset("pid"));
        r.r3 = loads.int32(at + CELL.offset("generation"));
    }
}
