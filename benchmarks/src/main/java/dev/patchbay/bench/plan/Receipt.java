// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * What a measured process says at its end: the figure, and the counts that show that the work was done. The same JSON from Java, C and
 * C++.
 *
 * @param value the figure, in the benchmark's unit
 * @param sent how many messages were sent, or operations asked for, from the first, warming up included
 * @param received how many arrived, or were done
 * @param sum of the numbers of all that arrived, where the messages are numbered from 0; else null
 * @param faults how many arrived out of order or with other bytes
 * @param refused how often a sender found the queue full; null where nothing can be full
 * @param producers how many senders numbered their messages, each from 0
 * @param details further figures by name, such as percentiles
 */
public record Receipt(
        double value,
        long sent,
        long received,
        Long sum,
        long faults,
        Long refused,
        int producers,
        Map<String, Double> details) {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    /** {@return the receipt of a line of JSON} */
    public static Receipt of(final String line) {
        try {
            return JSON.readValue(line, Receipt.class);
        } catch (final JsonProcessingException e) {
            throw new BenchException("it said \"" + line + "\" where its receipt is expected.", e);
        }
    }

    /** {@return this receipt as one line of JSON} */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return what shows that the work was not done, as a sentence; null where all is in order} */
    public String wrong() {
        if (received == 0) {
            return "nothing arrived.";
        }
        if (sent != received) {
            return sent + " were sent, but " + received + " arrived.";
        }
        if (faults != 0) {
            return faults + " of " + received + " arrived out of order or with other bytes.";
        }
        if (sum != null && producers == 1 && sum != received * (received - 1) / 2) {
            return "the numbers of the "
                    + received
                    + " that arrived add up to "
                    + sum
                    + ", expected "
                    + received * (received - 1) / 2
                    + ".";
        }
        if (refused != null && refused == 0) {
            return "the queue was never full, so what was measured is the sender alone.";
        }
        if (!(value > 0) || Double.isInfinite(value)) {
            return "it measured " + value + ", expected a number above 0.";
        }
        return null;
    }
}
