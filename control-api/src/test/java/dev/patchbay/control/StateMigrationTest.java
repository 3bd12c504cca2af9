// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.state.StateVersions;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** States as each version of a module saved them, which are kept beside this class, in the real process. */
class StateMigrationTest extends ControlProcess {
    /** In its third version: a tuning, which was the whole state once, and a scale, which came last. */
    public static final class Tuning implements ControlModule {
        private String state = "tuning=440\nscale=equal\n";
        private int savedIn = 3;

        @Override
        public void init(final ControlContext context) {}

        @Override
        public StateVersions stateVersions() {
            return StateVersions.current(3)
                    .from(1, old -> ("tuning=" + new String(old, UTF_8) + "\n").getBytes(UTF_8))
                    .from(2, old -> (new String(old, UTF_8) + "scale=equal\n").getBytes(UTF_8));
        }

        @Override
        public byte[] saveState() {
            return (state + "saved in " + savedIn).getBytes(UTF_8);
        }

        @Override
        public void loadState(final byte[] bytes, final int version) {
            if (!new String(bytes, UTF_8).matches("tuning=[0-9]+\nscale=[a-z]+\n")) {
                throw new IllegalArgumentException("expected a tuning and a scale");
            }
            state = new String(bytes, UTF_8);
            savedIn = version;
        }
    }

    private static byte[] kept(final int version) throws IOException {
        try (InputStream in =
                StateMigrationTest.class.getResourceAsStream(
                        "states/version-" + version + ".state")) {
            return in.readAllBytes();
        }
    }

    @Test
    void aStateOfEachVersionIsReadAndWrittenInTheNewest() throws Exception {
        start(Tuning.class.getName(), "", ProcessHandle.current().pid());
        final int[] tunings = {432, 442, 444};
        for (int version = 1; version <= 3; version++) {
            toControl.write(kept(version), version);
            final String expected =
                    "tuning=" + tunings[version - 1] + "\nscale=equal\nsaved in " + version;
            await("the state of version " + version, () -> published().equals(expected));
            assertEquals(3, state().moduleVersion());
            assertEquals(version, fromControl.read().epoch());
        }
    }

    @Test
    void aStateOfANewerVersionIsRefusedWithASentenceAndNothingOlderTakesItsPlace()
            throws Exception {
        toControl.write(kept(4), 4);
        start(Tuning.class.getName(), "", ProcessHandle.current().pid());
        await(
                "the refusal",
                () -> log().contains("has version 4, but this module reads versions up"));
        assertTrue(log().contains("is kept as it is"), this::log);
        await("a fresh state", () -> published().startsWith("tuning=440"));
        assertEquals(0, fromControl.read().epoch(), "the bridge keeps a newer epoch than this");
        assertArrayEquals(kept(4), toControl.read().bytes());
    }
}
