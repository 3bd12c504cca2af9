// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One subscriber of the feed, with room for one snapshot: the newest that it has not got. */
final class UiSubscription implements Flow.Subscription {
    private final Flow.Subscriber<? super UiSnapshot> subscriber;
    private final Executor executor;
    private final Runnable asked;
    private final Consumer<UiSubscription> gone;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicReference<UiSnapshot> newest = new AtomicReference<>();

    /** How often there was a reason to look since the last look began; above 0 while a thread looks. */
    private final AtomicInteger reasons = new AtomicInteger();

    private volatile boolean over;
    private volatile boolean completed;
    private volatile IllegalArgumentException misuse;
    private boolean begun;

    UiSubscription(
            final Flow.Subscriber<? super UiSnapshot> subscriber,
            final Executor executor,
            final Runnable asked,
            final Consumer<UiSubscription> gone) {
        this.subscriber = java.util.Objects.requireNonNull(subscriber, "subscriber");
        this.executor = executor;
        this.asked = asked;
        this.gone = gone;
    }

    void begin() {
        look();
    }

    /** Whether it has asked for more than the one that waits for it; who has asked for many gets a newer one in its place. */
    boolean isHungry() {
        return !over && demand.get() > (newest.get() == null ? 0 : 1);
    }

    void offer(final UiSnapshot snapshot) {
        if (!over) {
            newest.set(snapshot);
            look();
        }
    }

    void complete() {
        completed = true;
        look();
    }

    @Override
    public void request(final long count) {
        if (count <= 0) {
            misuse =
                    new IllegalArgumentException(
                            "A subscriber asks for 1 snapshot or more, but asked for "
                                    + count
                                    + ".");
        } else {
            demand.accumulateAndGet(count, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
            asked.run();
        }
        look();
    }

    @Override
    public void cancel() {
        over = true;
        newest.set(null);
        gone.accept(this);
    }

    private void look() {
        if (reasons.getAndIncrement() == 0) {
            executor.execute(this::deliver);
        }
    }

    private void deliver() {
        int seen = reasons.get();
        while (seen > 0) {
            try {
                deliverOnce();
            } catch (final RuntimeException | Error e) {
                cancel();
                System.err.println("patchbay control: a subscriber of the UI feed failed: " + e);
            }
            seen = reasons.addAndGet(-seen);
        }
    }

    private void deliverOnce() {
        if (!begun) {
            begun = true;
            subscriber.onSubscribe(this);
        }
        while (!over && misuse == null && demand.get() > 0 && newest.get() != null) {
            // The demand first: else it would seem to have asked for one more.
            demand.accumulateAndGet(-1, (a, b) -> a == Long.MAX_VALUE ? a : a + b);
            final UiSnapshot next = newest.getAndSet(null);
            if (next != null) {
                subscriber.onNext(next);
            }
        }
        if (!over && misuse != null) {
            cancel();
            subscriber.onError(misuse);
        } else if (!over && completed) {
            cancel();
            subscriber.onComplete();
        }
    }
}
