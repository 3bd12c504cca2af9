// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.verify.MethodFacts.Sight;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loops without a bound that can be seen. One is seen where a test that leaves the loop looks at a local variable that the loop
 * itself counts, and what it is compared with does not come from an event. This is a judgement by the shape of the
 * code, hence a warning.
 */
final class Loops {
    private static final Set<String> HOST_DATA =
            Set.of(
                    "dev/patchbay/eventqueue/Event",
                    "dev/patchbay/rt/Transport",
                    "dev/patchbay/eventqueue/SysexReader");

    private final Flow flow;

    private Loops(final Flow flow) {
        this.flow = flow;
    }

    static void find(final Flow flow, final List<Sight> sights) {
        new Loops(flow).find(sights);
    }

    private void find(final List<Sight> sights) {
        // The compiler puts a loop's code between its first instruction and the last branch back to
        // it.
        final Map<Integer, Integer> ends = new HashMap<>();
        for (int i = 0; i < flow.code.size(); i++) {
            if (flow.live(i)
                    && flow.code.get(i) instanceof BranchInstruction branch
                    && flow.place(branch.target()) <= i) {
                ends.merge(flow.place(branch.target()), i, Math::max);
            }
        }
        ends.keySet().stream().sorted().forEach(start -> check(start, ends.get(start), sights));
    }

    private void check(final int start, final int end, final List<Sight> sights) {
        boolean counted = false;
        String host = null;
        for (int i = start; i <= end; i++) {
            if (flow.live(i) && leaves(i, start, end)) {
                final String from = hostBound(i, start);
                final boolean counts = counts(i, start, end);
                if (counts && from == null) {
                    counted = true;
                } else if (counts) {
                    host = from;
                }
            }
        }
        if (!counted) {
            sights.add(
                    new Sight(
                            Category.UNBOUNDED_LOOP,
                            host == null
                                    ? "a loop that nothing counts"
                                    : "a loop whose bound comes from " + host,
                            flow.line(start)));
        }
    }

    private boolean leaves(final int index, final int start, final int end) {
        if (!(flow.code.get(index) instanceof BranchInstruction branch)
                || branch.opcode() == Opcode.GOTO
                || branch.opcode() == Opcode.GOTO_W) {
            return false;
        }
        final int target = flow.place(branch.target());
        return target > end || target < start || index == end;
    }

    /** Whether the test before this branch looks at a variable that the loop changes by arithmetic. */
    private boolean counts(final int branch, final int start, final int end) {
        for (int i = branch - 1; i >= start && operand(i); i--) {
            if (flow.code.get(i) instanceof LoadInstruction load
                    && changes(load.slot(), start, end)) {
                return true;
            }
        }
        return false;
    }

    private boolean changes(final int slot, final int start, final int end) {
        for (int i = start; i <= end; i++) {
            final Instruction instruction = flow.code.get(i);
            if (instruction instanceof IncrementInstruction step && step.slot() == slot) {
                return true;
            }
            if (instruction instanceof StoreInstruction store
                    && store.slot() == slot
                    && i > 0
                    && flow.code.get(i - 1) instanceof OperatorInstruction) {
                return true;
            }
        }
        return false;
    }

    /** Where the other side of the test comes from, if that is the host; else null. */
    private String hostBound(final int branch, final int start) {
        for (int i = branch - 1; i >= start && operand(i); i--) {
            final String direct = host(i);
            if (direct != null) {
                return direct;
            }
            if (flow.code.get(i) instanceof LoadInstruction load) {
                final String stored = storedFromHost(load.slot());
                if (stored != null) {
                    return stored;
                }
            }
        }
        return null;
    }

    private String storedFromHost(final int slot) {
        for (int i = 1; i < flow.code.size(); i++) {
            if (flow.code.get(i) instanceof StoreInstruction store && store.slot() == slot) {
                final int value =
                        flow.code.get(i - 1) instanceof ConvertInstruction ? i - 2 : i - 1;
                if (value >= 0 && host(value) != null) {
                    return host(value);
                }
            }
        }
        return null;
    }

    private String host(final int index) {
        return flow.code.get(index) instanceof InvokeInstruction call
                        && HOST_DATA.contains(call.owner().asInternalName())
                ? call.owner().asSymbol().displayName() + "." + call.name().stringValue()
                : null;
    }

    /** Whether an instruction can belong to the expression of a test: it neither stores nor branches. */
    private boolean operand(final int index) {
        final Instruction instruction = flow.code.get(index);
        return !(instruction instanceof StoreInstruction)
                && !(instruction instanceof BranchInstruction)
                && !(instruction instanceof IncrementInstruction);
    }
}
