// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.bench.plan.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the example's bundle as it was built. */
class StartLaunchTest {
    @TempDir private Path folder;

    @Test
    void eachInstanceHasItsTimeAndTheProcessesTheirMemory()
            throws InterruptedException, IOException {
        final Receipt receipt = new StartLaunch(true).measure(Fake.bench(folder, 1));
        assertNull(receipt.wrong());
        assertEquals(2, receipt.received());
        assertEquals(2, receipt.series().get(StartLaunch.TIMES).size());
        final List<Double> memory = receipt.series().get(StartLaunch.MEMORY);
        assertEquals(2, memory.size());
        assertEquals(memory.get(1) - memory.get(0), of(receipt, StartLaunch.MEMORY_FURTHER), 1e-6);
        assertTrue(of(receipt, "engine with one, MB") > 1);
        assertTrue(of(receipt, "control of one, MB") > 1);
        assertTrue(of(receipt, "host with one, MB") > 1);
        assertTrue(of(receipt, StartLaunch.SCAN) > 0);
        // A further instance needs no JVM.
        assertTrue(of(receipt, StartLaunch.FURTHER) < of(receipt, StartLaunch.FIRST));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static double of(final Receipt receipt, final String detail) {
        return receipt.details().get(detail);
    }
}
