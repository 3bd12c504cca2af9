// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiptTest {
    private static Receipt receipt(
            final double value,
            final long sent,
            final long received,
            final long sum,
            final long faults,
            final long refused) {
        return new Receipt(value, sent, received, sum, faults, refused, 1, Map.of("p99", 3.0));
    }

    @Test
    void aReceiptThatAddsUpIsAccepted() {
        assertNull(receipt(1, 10, 10, 45, 0, 2).wrong());
    }

    @Test
    void whoeverDidLessIsFoundOut() {
        assertEquals("10 were sent, but 9 arrived.", receipt(1, 10, 9, 36, 0, 2).wrong());
        assertEquals("10 were sent, but 11 arrived.", receipt(1, 10, 11, 55, 0, 2).wrong());
        assertEquals(
                "the numbers of the 10 that arrived add up to 44, expected 45.",
                receipt(1, 10, 10, 44, 0, 2).wrong());
        assertEquals(
                "3 of 10 arrived out of order or with other bytes.",
                receipt(1, 10, 10, 45, 3, 2).wrong());
        assertEquals(
                "the queue was never full, so what was measured is the sender alone.",
                receipt(1, 10, 10, 45, 0, 0).wrong());
        assertEquals("nothing arrived.", receipt(1, 0, 0, 0, 0, 1).wrong());
        assertEquals(
                "it measured NaN, expected a number above 0.",
                receipt(Double.NaN, 10, 10, 45, 0, 2).wrong());
    }

    @Test
    void aReceiptSurvivesItsJson() {
        final Receipt receipt = receipt(1.5, 10, 10, 45, 0, 2);
        assertEquals(receipt, Receipt.of(receipt.json()));
    }

    @Test
    void whatIsNoReceiptIsToldWordForWord() {
        assertEquals(
                "it said \"hello\" where its receipt is expected.",
                assertThrows(BenchException.class, () -> Receipt.of("hello")).getMessage());
        assertThrows(BenchException.class, () -> Receipt.of("{\"value\":1}"));
        assertThrows(BenchException.class, () -> Receipt.of(""));
    }
}
