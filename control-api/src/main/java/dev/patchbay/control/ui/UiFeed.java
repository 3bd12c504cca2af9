// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands snapshots to subscribers. Each has its own pace: it gets the newest snapshot as soon as it has asked for one, and those that were made
 * meanwhile are gone. None waits for another, nor does the control process for any. While nobody asks, no snapshot is made.
 *
 * <p>A subscriber's methods are called one after the other, each time on some thread of the feed's; they may take their time. One that throws is
 * no longer a subscriber. Any thread may subscribe, request and cancel.
 */
final class UiFeed implements Flow.Publisher<UiSnapshot>, AutoCloseable {
    private static final long IDLE_SECONDS = 5;

    private final List<UiSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadPoolExecutor executor;
    private final Runnable asked;
    private volatile boolean closed;

    /** {@code asked} is run whenever a subscriber asks for a snapshot. */
    UiFeed(final Runnable asked) {
        this.asked = asked;
        this.executor =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        work -> {
                            final Thread thread =
                                    new Thread(work, "patchbay ui " + threads.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    @Override
    public void subscribe(final Flow.Subscriber<? super UiSnapshot> subscriber) {
        final UiSubscription subscription =
                new UiSubscription(subscriber, executor, asked, subscriptions::remove);
        subscriptions.add(subscription);
        subscription.begin();
        if (closed) {
            subscription.complete();
        }
    }

    /** Whether somebody has asked for a snapshot that was not delivered yet. */
    boolean isWanted() {
        for (final UiSubscription subscription : subscriptions) {
            if (subscription.isHungry()) {
                return true;
            }
        }
        return false;
    }

    /** Offers a snapshot to all. */
    void publish(final UiSnapshot snapshot) {
        for (final UiSubscription subscription : subscriptions) {
            subscription.offer(snapshot);
        }
    }

    /** Completes all subscriptions. */
    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(UiSubscription::complete);
    }
}
