// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.verify.MethodFacts.Call;
import dev.patchbay.rt.verify.MethodFacts.Dispatch;
import dev.patchbay.rt.verify.MethodFacts.Sight;
import dev.patchbay.rt.verify.MethodFacts.Use;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Set;

/** Reads what one method does. */
final class MethodScan {
    private static final Set<String> BOXES =
            Set.of(
                    "java/lang/Character",
                    "java/lang/Short",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Float",
                    "java/lang/Double");

    /** What the compiler lets a switch throw for enum constants that were added after it was compiled. */
    private static final Set<String> COMPILERS =
            Set.of("java.lang.MatchException", "java.lang.IncompatibleClassChangeError");

    private final ClassTable classes;

    MethodScan(final ClassTable classes) {
        this.classes = classes;
    }

    MethodFacts scan(final MethodKey key, final ClassTable.Type owner, final MethodModel method) {
        final CodeModel code = method.code().orElse(null);
        final Flow flow = code == null ? null : new Flow(code);
        final int line = flow == null || flow.code.isEmpty() ? -1 : flow.line(0);
        final MethodFacts facts =
                new MethodFacts(
                        key,
                        owner.file,
                        line,
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
            facts.sights().add(new Sight(Category.MONITOR, "a synchronized method", line));
        }
        if (method.flags().has(AccessFlag.NATIVE)) {
            facts.sights().add(new Sight(Category.NATIVE, "a native method: " + key, line));
        }
        if (flow != null) {
            for (int i = 0; i < flow.code.size(); i++) {
                if (flow.live(i)) {
                    instruction(facts, flow, i);
                }
            }
            Loops.find(flow, facts.sights());
        }
        return facts;
    }

    private void instruction(final MethodFacts facts, final Flow flow, final int index) {
        final Instruction instruction = flow.code.get(index);
        final int line = flow.line(index);
        if (flow.doomed(index)) {
            if (instruction instanceof ThrowInstruction && !rethrows(flow, index)) {
                final String thrown = thrown(flow, index);
                if (!COMPILERS.contains(thrown)) {
                    facts.sights()
                            .add(new Sight(Category.EXCEPTION, "throws " + thrown, line, true));
                }
            }
        } else if (instruction instanceof NewObjectInstruction made) {
            made(facts, made.className().asInternalName(), line);
        } else if (instruction instanceof NewPrimitiveArrayInstruction array) {
            final String type = array.typeKind().upperBound().displayName();
            array(facts, flow, index, type, "[" + array.typeKind().upperBound().descriptorString());
        } else if (instruction instanceof NewReferenceArrayInstruction array) {
            final var type = array.componentType().asSymbol();
            array(facts, flow, index, type.displayName(), "[" + type.descriptorString());
        } else if (instruction instanceof NewMultiArrayInstruction array) {
            final String type = array.arrayType().asSymbol().displayName();
            facts.sights().add(new Sight(Category.ALLOCATION, "new " + type, line));
        } else if (instruction instanceof MonitorInstruction
                && instruction.opcode() == Opcode.MONITORENTER) {
            facts.sights().add(new Sight(Category.MONITOR, "a synchronized block", line));
        } else if (instruction instanceof ThrowInstruction) {
            if (!rethrows(flow, index) && !constructor(flow.code.get(index - 1))) {
                facts.sights().add(new Sight(Category.EXCEPTION, "throws and catches", line));
            }
        } else if (instruction instanceof FieldInstruction field) {
            if (field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.PUTSTATIC) {
                facts.uses().add(new Use(field.owner().asInternalName(), line));
            }
        } else if (instruction instanceof InvokeInstruction call) {
            call(facts, call, line);
            initialisation(facts, flow, index, call);
        } else if (instruction instanceof InvokeDynamicInstruction dynamic) {
            DynamicCalls.read(classes, facts, dynamic, line);
        } else if (instruction instanceof ConstantInstruction.LoadConstantInstruction constant
                && constant.constantValue() instanceof DynamicConstantDesc<?>) {
            facts.sights()
                    .add(
                            new Sight(
                                    Category.LINKAGE,
                                    "a constant that is computed when first used",
                                    line));
        }
    }

    private void made(final MethodFacts facts, final String type, final int line) {
        facts.made().add(type);
        final String name = type.substring(type.lastIndexOf('/') + 1).replace('$', '.');
        final Category category;
        if (classes.isA(type, "java/lang/Throwable")) {
            category = Category.EXCEPTION;
        } else if (type.equals("java/lang/StringBuilder") || type.equals("java/lang/String")) {
            category = Category.STRING;
        } else if (classes.isA(type, "java/util/Iterator")) {
            category = Category.ITERATOR;
        } else {
            category = BOXES.contains(type) ? Category.BOXING : Category.ALLOCATION;
        }
        facts.sights().add(new Sight(category, "new " + name, line));
    }

    private void array(
            final MethodFacts facts,
            final Flow flow,
            final int index,
            final String component,
            final String descriptor) {
        final String called = variableArguments(flow, index, descriptor);
        facts.sights()
                .add(
                        called == null
                                ? new Sight(
                                        Category.ALLOCATION,
                                        "new " + component + "[]",
                                        flow.line(index))
                                : new Sight(
                                        Category.VARARGS,
                                        "an array of the arguments of " + called,
                                        flow.line(index)));
    }

    /** The method with variable arguments for which the compiler makes an array here, or null. */
    private String variableArguments(final Flow flow, final int index, final String descriptor) {
        for (int i = index + 1; i < flow.code.size(); i++) {
            final Instruction next = flow.code.get(i);
            if (next instanceof InvokeInstruction call) {
                final String signature = call.type().stringValue();
                if (signature.contains(descriptor + ")")) {
                    final MethodKey target =
                            classes.resolve(
                                    call.owner().asInternalName(),
                                    call.name().stringValue() + signature);
                    return target != null && classes.model(target).flags().has(AccessFlag.VARARGS)
                            ? target.toString()
                            : null;
                }
            } else if (next instanceof StoreInstruction
                    || next instanceof FieldInstruction field
                            && (field.opcode() == Opcode.PUTFIELD
                                    || field.opcode() == Opcode.PUTSTATIC)) {
                return null;
            }
        }
        return null;
    }

    private void call(final MethodFacts facts, final InvokeInstruction call, final int line) {
        final MethodKey target =
                new MethodKey(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue());
        if (target.owner().startsWith("[")) {
            if (target.name().equals("clone")) {
                facts.sights().add(new Sight(Category.ALLOCATION, "a copy of an array", line));
            }
        } else if (call.opcode() == Opcode.INVOKESTATIC) {
            if (BOXES.contains(target.owner())
                    && target.name().equals("valueOf")
                    && target.descriptor().indexOf(')') == 2) {
                final String type = target.owner().substring("java/lang/".length());
                facts.sights().add(new Sight(Category.BOXING, "a " + type, line));
                facts.made().add(target.owner());
            } else {
                facts.uses().add(new Use(target.owner(), line));
                facts.calls().add(new Call(Dispatch.STATIC, target, line));
            }
        } else if (call.opcode() == Opcode.INVOKESPECIAL) {
            if (constructor(call) && classes.isA(target.owner(), "java/lang/Throwable")) {
                return; // that it is made says all
            }
            facts.calls().add(new Call(Dispatch.EXACT, target, line));
        } else {
            facts.calls().add(new Call(Dispatch.BY_RECEIVER, target, line));
        }
    }

    private static boolean constructor(final Instruction instruction) {
        return instruction instanceof InvokeInstruction call && call.name().equalsString("<init>");
    }

    /** The JDK's own way to initialise a class: {@code MethodHandles.lookup().ensureInitialized(X.class)}. */
    private static void initialisation(
            final MethodFacts facts,
            final Flow flow,
            final int index,
            final InvokeInstruction call) {
        if (call.name().equalsString("ensureInitialized")
                && index > 0
                && flow.code.get(index - 1) instanceof ConstantInstruction constant
                && constant.constantValue() instanceof ClassDesc type
                && type.isClassOrInterface()) {
            final String descriptor = type.descriptorString();
            final String name = descriptor.substring(1, descriptor.length() - 1);
            facts.uses().add(new Use(name, flow.line(index)));
        }
    }

    /** Whether what is thrown was caught before: the end of a finally block. */
    private static boolean rethrows(final Flow flow, final int index) {
        if (index == 0 || !(flow.code.get(index - 1) instanceof LoadInstruction load)) {
            return false;
        }
        for (int i = index - 2; i >= 0; i--) {
            if (flow.code.get(i) instanceof StoreInstruction store && store.slot() == load.slot()) {
                return flow.handler(i);
            }
        }
        return false;
    }

    private static String thrown(final Flow flow, final int index) {
        for (int i = index; i >= 0 && flow.doomed(i); i--) {
            if (flow.code.get(i) instanceof NewObjectInstruction made) {
                return made.className().asInternalName().replace('/', '.');
            }
        }
        return "an exception";
    }
}
