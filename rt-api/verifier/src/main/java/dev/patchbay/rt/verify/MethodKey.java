// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

/** A method by its class's internal name, its own name and its descriptor. */
record MethodKey(String owner, String name, String descriptor) {
    /** Name and descriptor: what dispatch goes by. */
    String signature() {
        return name + descriptor;
    }

    /** As a reader would write it, without parameters. */
    @Override
    public String toString() {
        return owner.replace('/', '.') + "." + name;
    }
}
