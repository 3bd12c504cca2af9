// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The instructions of a method and how control passes between them. An instruction is <em>live</em> where it can be reached with
 * assertions off, and <em>doomed</em> where every way from it ends in an exception that leaves the method: the arguments'
 * checks and their messages.
 */
final class Flow {
    final List<Instruction> code = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final Map<Label, Integer> places = new HashMap<>();
    private final List<int[]> successors = new ArrayList<>();
    private final List<Integer> handlers = new ArrayList<>();
    private final boolean[] live;
    private final boolean[] doomed;

    Flow(final CodeModel model) {
        final List<ExceptionCatch> catches = new ArrayList<>();
        int line = -1;
        for (final CodeElement element : model.elementList()) {
            if (element instanceof Instruction instruction) {
                code.add(instruction);
                lines.add(line);
            } else if (element instanceof LabelTarget target) {
                places.put(target.label(), code.size());
            } else if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof ExceptionCatch each) {
                catches.add(each);
            }
        }
        for (final ExceptionCatch each : catches) {
            handlers.add(places.get(each.handler()));
        }
        for (int i = 0; i < code.size(); i++) {
            successors.add(successors(i, catches));
        }
        live = live();
        doomed = doomed();
    }

    int line(final int index) {
        return lines.get(index);
    }

    int place(final Label label) {
        return places.get(label);
    }

    boolean live(final int index) {
        return live[index];
    }

    boolean doomed(final int index) {
        return doomed[index];
    }

    /** Whether an exception's handler begins here. */
    boolean handler(final int index) {
        return handlers.contains(index);
    }

    private int[] successors(final int index, final List<ExceptionCatch> catches) {
        final Instruction instruction = code.get(index);
        final List<Integer> next = new ArrayList<>();
        if (instruction instanceof BranchInstruction branch) {
            next.add(places.get(branch.target()));
            if (branch.opcode() != Opcode.GOTO && branch.opcode() != Opcode.GOTO_W) {
                next.add(index + 1);
            }
            if (assertion(index)) {
                next.remove(1); // assertions are off
            }
        } else if (instruction instanceof TableSwitchInstruction table) {
            next.add(places.get(table.defaultTarget()));
            addCases(table.cases(), next);
        } else if (instruction instanceof LookupSwitchInstruction lookup) {
            next.add(places.get(lookup.defaultTarget()));
            addCases(lookup.cases(), next);
        } else if (!(instruction instanceof ReturnInstruction)
                && !(instruction instanceof ThrowInstruction)) {
            next.add(index + 1);
        }
        for (final ExceptionCatch each : catches) {
            if (index >= places.get(each.tryStart()) && index < places.get(each.tryEnd())) {
                next.add(places.get(each.handler()));
            }
        }
        return next.stream().mapToInt(Integer::intValue).toArray();
    }

    private void addCases(final List<SwitchCase> cases, final List<Integer> next) {
        for (final SwitchCase each : cases) {
            next.add(places.get(each.target()));
        }
    }

    private boolean assertion(final int index) {
        return code.get(index).opcode() == Opcode.IFNE
                && index > 0
                && code.get(index - 1) instanceof FieldInstruction field
                && field.name().equalsString("$assertionsDisabled");
    }

    private boolean[] live() {
        final boolean[] reached = new boolean[code.size()];
        final int[] stack = new int[code.size() + 1];
        int depth = 0;
        if (!code.isEmpty()) {
            reached[0] = true;
            stack[depth++] = 0;
        }
        while (depth > 0) {
            for (final int next : successors.get(stack[--depth])) {
                if (!reached[next]) {
                    reached[next] = true;
                    stack[depth++] = next;
                }
            }
        }
        return reached;
    }

    /** The least set: so an endless loop, which leaves by no way at all, is not in it. */
    private boolean[] doomed() {
        final boolean[] result = new boolean[code.size()];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = code.size() - 1; i >= 0; i--) {
                if (!result[i] && !(code.get(i) instanceof ReturnInstruction)) {
                    result[i] = Arrays.stream(successors.get(i)).allMatch(next -> result[next]);
                    changed |= result[i];
                }
            }
        }
        return result;
    }
}
