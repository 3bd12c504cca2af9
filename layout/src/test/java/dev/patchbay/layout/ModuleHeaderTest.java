// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.header.ModuleHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ModuleHeaderTest {
    private static final Pattern FUNCTION =
            Pattern.compile("(?m)^PB_EXPORT [a-z0-9_ ]+[ *](pb_(?:rt|control|ui)_\\w+)\\(");

    @Test
    void theHeaderDeclaresTheFunctionsOfTheInterfaceInTheirOrderAndNoOthers() {
        final List<String> declared = new ArrayList<>();
        final Matcher matcher = FUNCTION.matcher(ModuleHeader.generate());
        while (matcher.find()) {
            declared.add(matcher.group(1));
        }
        final List<String> known = new ArrayList<>();
        for (final Role role : List.of(Role.RT, Role.CONTROL, Role.UI)) {
            ModuleAbi.functions(role).forEach(function -> known.add(function.name()));
        }
        assertEquals(known, declared);
    }

    @Test
    void theHeaderHasTheNumbersOfTheInterface() {
        final String header = ModuleHeader.generate();
        assertTrue(header.contains("#define PB_MODULE_ABI_VERSION " + ModuleAbi.VERSION + "u\n"));
        assertTrue(
                header.contains(
                        String.format(
                                Locale.ROOT,
                                "#define PB_MODULE_LAYOUT_HASH UINT64_C(0x%016x)",
                                ModuleAbi.layoutHash())));
        assertTrue(header.contains("    X(pb_rt_init, 1) \\\n    X(pb_rt_activate, 0) \\\n"));
        assertFalse(header.contains("@"), "a place was not filled");
    }

    @Test
    void theBridgeIsNoModule() {
        assertThrows(IllegalArgumentException.class, () -> ModuleAbi.functions(Role.BRIDGE));
    }
}
