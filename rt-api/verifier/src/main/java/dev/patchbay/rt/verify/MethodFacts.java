// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.util.List;

/**
 * What one method's own code does, seen alone.
 *
 * @param key the method
 * @param file its source file, for paths
 * @param line its first line; −1 where unknown
 * @param sights what it does that real-time code must not
 * @param calls what it calls
 * @param made the classes of which it makes objects
 * @param lambdas the objects that its lambda expressions and method references make
 * @param uses the classes whose static members it uses, which initialises them
 */
record MethodFacts(
        MethodKey key,
        String file,
        int line,
        List<Sight> sights,
        List<Call> calls,
        List<String> made,
        List<Lambda> lambdas,
        List<Use> uses) {

    /** How a call finds its target. */
    enum Dispatch {
        /** A static method. */
        STATIC,
        /** A constructor, a private method or one of a superclass: the named one. */
        EXACT,
        /** By the receiver's class. */
        BY_RECEIVER
    }

    /**
     * Something that real-time code must not do.
     *
     * @param line where
     * @param refusal whether it is an exception that leaves the method: how a method refuses a wrong argument
     */
    record Sight(Category category, String what, int line, boolean refusal) {
        Sight(final Category category, final String what, final int line) {
            this(category, what, line, false);
        }
    }

    /** A call at a line. */
    record Call(Dispatch dispatch, MethodKey target, int line) {}

    /** The use of a class's static members at a line. */
    record Use(String owner, int line) {}

    /**
     * The object of a lambda expression or method reference.
     *
     * @param type the interface's internal name
     * @param method the interface method's name
     * @param parameters how many it has
     * @param body the method that does the work
     * @param dispatch how the work's method is found
     * @param makes the class of which a constructor reference makes objects, or null
     * @param boxes whether its result or an argument is put into an object on its way
     */
    record Lambda(
            String type,
            String method,
            int parameters,
            MethodKey body,
            Dispatch dispatch,
            String makes,
            boolean boxes) {}
}
