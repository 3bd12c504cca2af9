// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import dev.patchbay.layout.ModuleAbi;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import java.util.stream.Collectors;

/** Writes {@code patchbay/module.h}, which native modules are compiled with. Any thread. */
public final class ModuleHeader {
    /** The name of the file, below a folder of headers. */
    public static final String FILE = "patchbay/module.h";

    private ModuleHeader() {}

    /** {@return the text of the header; it includes {@code patchbay/standard.h}} */
    public static String generate() {
        return "/* SPDX-License-Identifier: Apache-2.0 */\n"
                + CText.read("module.h", ModuleHeader.class.getResourceAsStream("module.h"))
                        .replace("@VERSION@", Integer.toString(ModuleAbi.VERSION))
                        .replace("@LAYOUT_HASH@", HeaderText.hash(ModuleAbi.layoutHash()))
                        .replace("@INFO@", ModuleAbi.INFO)
                        .replace("@MAX_TEXT@", Integer.toString(StandardRegion.LogLevel.MAX_TEXT))
                        .replace("@RT_FUNCTIONS@", functions(Role.RT))
                        .replace("@CONTROL_FUNCTIONS@", functions(Role.CONTROL))
                        .replace("@UI_FUNCTIONS@", functions(Role.UI));
    }

    private static String functions(final Role role) {
        return ModuleAbi.functions(role).stream()
                .map(f -> "\\\n    X(" + f.name() + ", " + (f.required() ? 1 : 0) + ")")
                .collect(Collectors.joining(" "));
    }
}
