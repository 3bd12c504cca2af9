// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.rt.verify.MethodFacts.Dispatch;
import dev.patchbay.rt.verify.MethodFacts.Lambda;
import dev.patchbay.rt.verify.MethodFacts.Sight;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/** What the compiler makes of lambda expressions, concatenations, records and switches on patterns. */
final class DynamicCalls {
    private DynamicCalls() {}

    static void read(
            final ClassTable classes,
            final MethodFacts facts,
            final InvokeDynamicInstruction call,
            final int line) {
        final String bootstrap = call.bootstrapMethod().owner().descriptorString();
        final String name = call.name().stringValue();
        switch (bootstrap) {
            case "Ljava/lang/invoke/LambdaMetafactory;" -> lambda(classes, facts, call, line);
            case "Ljava/lang/invoke/StringConcatFactory;" ->
                    facts.sights()
                            .add(new Sight(Category.STRING, "a concatenation of strings", line));
            case "Ljava/lang/runtime/ObjectMethods;" ->
                    facts.sights()
                            .add(
                                    new Sight(
                                            name.equals("toString")
                                                    ? Category.STRING
                                                    : Category.LINKAGE,
                                            "a record's " + name + ", linked at its first call",
                                            line));
            case "Ljava/lang/runtime/SwitchBootstraps;" ->
                    facts.sights()
                            .add(
                                    new Sight(
                                            Category.LINKAGE,
                                            "a switch on patterns, linked at its first run",
                                            line));
            default ->
                    facts.sights()
                            .add(
                                    new Sight(
                                            Category.LINKAGE,
                                            "a dynamic call that " + bootstrap + " links",
                                            line));
        }
    }

    private static void lambda(
            final ClassTable classes,
            final MethodFacts facts,
            final InvokeDynamicInstruction call,
            final int line) {
        final MethodTypeDesc factory = call.typeSymbol();
        final List<ConstantDesc> arguments = call.bootstrapArgs();
        final MethodTypeDesc erased = (MethodTypeDesc) arguments.get(0);
        final DirectMethodHandleDesc body = (DirectMethodHandleDesc) arguments.get(1);
        final MethodTypeDesc instantiated = (MethodTypeDesc) arguments.get(2);
        final boolean capturing = factory.parameterCount() > 0;
        facts.sights()
                .add(
                        new Sight(
                                Category.LAMBDA,
                                capturing
                                        ? "a lambda or method reference that captures: a new object"
                                                + " each time"
                                        : "a lambda or method reference, linked at its first use",
                                line));
        final String type = internal(factory.returnType().descriptorString());
        final String owner = internal(body.owner().descriptorString());
        final boolean makes =
                body.refKind() == java.lang.invoke.MethodHandleInfo.REF_newInvokeSpecial;
        facts.lambdas()
                .add(
                        new Lambda(
                                type,
                                call.name().stringValue(),
                                erased.parameterCount(),
                                new MethodKey(owner, body.methodName(), body.lookupDescriptor()),
                                dispatch(body),
                                makes ? owner : null,
                                boxes(body, factory.parameterCount(), instantiated, makes)));
    }

    /** Whether the interface has an object where the body has a primitive result, or a primitive where it takes an object. */
    private static boolean boxes(
            final DirectMethodHandleDesc body,
            final int captured,
            final MethodTypeDesc instantiated,
            final boolean makes) {
        final MethodTypeDesc invoked = MethodTypeDesc.ofDescriptor(body.lookupDescriptor());
        final ClassDesc result = invoked.returnType();
        if (!makes
                && result.isPrimitive()
                && !result.descriptorString().equals("V")
                && !instantiated.returnType().isPrimitive()
                && !instantiated.returnType().descriptorString().equals("V")) {
            return true;
        }
        final List<ClassDesc> taken = new ArrayList<>(invoked.parameterList());
        if (dispatch(body) != Dispatch.STATIC && !makes) {
            taken.add(0, body.owner());
        }
        for (int i = 0; i < instantiated.parameterCount(); i++) {
            if (instantiated.parameterType(i).isPrimitive()
                    && !taken.get(captured + i).isPrimitive()) {
                return true;
            }
        }
        return false;
    }

    private static Dispatch dispatch(final DirectMethodHandleDesc body) {
        return switch (body.kind()) {
            case STATIC, INTERFACE_STATIC -> Dispatch.STATIC;
            case VIRTUAL, INTERFACE_VIRTUAL -> Dispatch.BY_RECEIVER;
            default -> Dispatch.EXACT;
        };
    }

    private static String internal(final String descriptor) {
        return descriptor.substring(1, descriptor.length() - 1);
    }
}
