// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.header.HeaderGenerator;

/** The header that runs in the model: what the generator writes, with all that is common to every declaration. */
public final class ModelHeader {
    private ModelHeader() {}

    /** {@return the text of the header} */
    public static String text() {
        return HeaderGenerator.generate(
                RegionDeclaration.named("model")
                        .eventQueue("events", "", Role.BRIDGE, Role.RT, 2)
                        .build());
    }
}
