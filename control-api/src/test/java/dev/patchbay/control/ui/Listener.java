// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A subscriber that keeps what it was told; it asks for what the test says. */
final class Listener implements Flow.Subscriber<UiSnapshot> {
    static final int SECONDS = 30;

    final LinkedBlockingQueue<UiSnapshot> snapshots = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Object> ends = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Flow.Subscription> begun = new LinkedBlockingQueue<>();
    private final long first;

    Listener(final long first) {
        this.first = first;
    }

    static Listener to(final Ui ui, final long first) {
        final Listener listener = new Listener(first);
        ui.snapshots().subscribe(listener);
        return listener;
    }

    Flow.Subscription subscription() throws InterruptedException {
        final Flow.Subscription subscription = begun.poll(SECONDS, TimeUnit.SECONDS);
        assertNotNull(subscription, "onSubscribe was not called");
        begun.add(subscription);
        return subscription;
    }

    UiSnapshot next() throws InterruptedException {
        final UiSnapshot next = snapshots.poll(SECONDS, TimeUnit.SECONDS);
        assertNotNull(next, "no snapshot came");
        return next;
    }

    UiSnapshot await(final Predicate<UiSnapshot> condition) throws InterruptedException {
        for (UiSnapshot next = next(); ; next = next()) {
            if (condition.test(next)) {
                return next;
            }
        }
    }

    Object end() throws InterruptedException {
        final Object end = ends.poll(SECONDS, TimeUnit.SECONDS);
        assertNotNull(end, "no end came");
        return end;
    }

    @Override
    public void onSubscribe(final Flow.Subscription subscription) {
        begun.add(subscription);
        if (first > 0) {
            subscription.request(first);
        }
    }

    @Override
    public void onNext(final UiSnapshot snapshot) {
        snapshots.add(snapshot);
    }

    @Override
    public void onError(final Throwable failure) {
        ends.add(failure);
    }

    @Override
    public void onComplete() {
        ends.add("complete");
    }
}
