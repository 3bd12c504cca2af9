// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/** An execution that RC11 allows and the scenario does not. */
public final class ModelFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final String key;

    ModelFailure(final String reason, final String trace, final String key, final Throwable cause) {
        super(reason + "\n" + trace + "Replay key: " + key, cause);
        this.reason = reason;
        this.key = key;
    }

    /** What went wrong, without the trace. */
    public String reason() {
        return reason;
    }

    /** Repeats this execution: {@link Model#replay}. */
    public String key() {
        return key;
    }
}
