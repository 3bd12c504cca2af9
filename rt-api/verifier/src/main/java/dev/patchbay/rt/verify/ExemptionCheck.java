// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds exemptions that excuse nothing, and those that say no reason. */
final class ExemptionCheck {
    private final ClassTable classes;
    private final boolean ofPatchbay;

    ExemptionCheck(final ClassTable classes, final boolean ofPatchbay) {
        this.classes = classes;
        this.ofPatchbay = ofPatchbay;
    }

    /** A sentence for each fault, in the order of the classes' names. */
    List<String> faults(final Set<MethodKey> reached, final List<Exemption> exemptions) {
        final Set<String> covering = new HashSet<>();
        for (final Exemption exemption : exemptions) {
            if (!exemption.covered().isEmpty()) {
                covering.add(exemption.method());
            }
        }
        final List<String> faults = new ArrayList<>();
        for (final ClassTable.Type type : classes.met()) {
            if (Frontier.platform(type.name) || !concerns(type)) {
                continue;
            }
            boolean covers = false;
            boolean met = !ofPatchbay;
            for (final String signature : type.methods.keySet()) {
                final int end = signature.indexOf('(');
                final MethodKey key =
                        new MethodKey(
                                type.name, signature.substring(0, end), signature.substring(end));
                final String reason = classes.ownExemption(key);
                covers |= covering.contains(key.toString());
                met |= reached.contains(key);
                if (reason != null && (!ofPatchbay || reached.contains(key))) {
                    check(key.toString(), reason, covering.contains(key.toString()), faults);
                }
            }
            if (type.exemption != null && met) {
                check(type.name.replace('/', '.'), type.exemption, covers, faults);
            }
        }
        faults.sort(null);
        return faults;
    }

    private static void check(
            final String name,
            final String reason,
            final boolean covers,
            final List<String> faults) {
        if (reason.isBlank()) {
            faults.add("The exemption of " + name + " has no reason; say why it is right.");
        }
        if (!covers) {
            faults.add(
                    "The exemption of "
                            + name
                            + " covers nothing that real-time code reaches; take it away.");
        }
    }

    /** Those of the library do not concern an author; and what one part of it does not reach, another may. */
    private boolean concerns(final ClassTable.Type type) {
        return ofPatchbay || !Frontier.library(type.name);
    }
}
