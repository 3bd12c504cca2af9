// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuntimeFolderTest {
    @Test
    void theFolderIsTheOneThatTheBridgeUses() {
        assertEquals(
                Path.of("/own"),
                RuntimeFolder.of(Map.of("PATCHBAY_RUNTIME_DIR", "/own", "XDG_RUNTIME_DIR", "/x")));
        assertEquals(Path.of("/x/patchbay"), RuntimeFolder.of(Map.of("XDG_RUNTIME_DIR", "/x")));
        assertTrue(RuntimeFolder.of(Map.of()).toString().matches("/tmp/patchbay-[0-9]+/run"));
    }
}
