// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UiFeedTest {
    @TempDir private Path folder;
    private TestInstance instance;
    private Ui ui;

    @BeforeEach
    void open() throws Exception {
        instance = new TestInstance(folder);
        ui = instance.ui;
    }

    @AfterEach
    void close() throws Exception {
        instance.close();
    }

    @Test
    void nothingIsMadeWhileNobodyAsks() throws Exception {
        final Listener quiet = Listener.to(ui, 0);
        quiet.subscription();
        // Two events: the control thread has gone round since, and has looked at nothing.
        ui.session("a").post(new UiEvent.Set(0, 0.25)).get(30, TimeUnit.SECONDS);
        ui.session("a").post(new UiEvent.Set(0, 0.5)).get(30, TimeUnit.SECONDS);
        assertEquals(0, instance.module.looks.get());
        assertEquals(1_000_000_000L, ui.pause(1_000_000_000L), "nothing shortens the pause");
        quiet.subscription().request(1);
        quiet.next();
        assertEquals(1, instance.module.looks.get());
    }

    @Test
    void aSubscriberGetsAsManyAsItAskedFor() throws Exception {
        final Listener one = Listener.to(ui, 2);
        final Listener all = Listener.to(ui, Long.MAX_VALUE);
        one.next();
        final long second = one.next().number();
        all.await(snapshot -> snapshot.number() >= second + 3);
        assertTrue(one.snapshots.isEmpty(), "it asked for two");
    }

    @Test
    void aSlowSubscriberSkipsToTheNewestAndSlowsNobody() throws Exception {
        final CountDownLatch goOn = new CountDownLatch(1);
        final Listener heard = new Listener(0);
        final Listener fast = Listener.to(ui, Long.MAX_VALUE);
        ui.snapshots()
                .subscribe(
                        new Flow.Subscriber<>() {
                            @Override
                            public void onSubscribe(final Flow.Subscription subscription) {
                                heard.onSubscribe(subscription);
                                subscription.request(Long.MAX_VALUE);
                            }

                            @Override
                            public void onNext(final UiSnapshot snapshot) {
                                heard.onNext(snapshot);
                                try {
                                    goOn.await();
                                } catch (final InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }

                            @Override
                            public void onError(final Throwable failure) {
                                heard.onError(failure);
                            }

                            @Override
                            public void onComplete() {
                                heard.onComplete();
                            }
                        });
        final long stuck = heard.next().number();
        UiSnapshot newest = fast.await(snapshot -> snapshot.number() > stuck + 10);
        for (UiSnapshot more = fast.snapshots.poll(); more != null; more = fast.snapshots.poll()) {
            newest = more;
        }
        goOn.countDown();
        final long next = heard.next().number();
        // The round that gave the fast one its newest may not have come to the slow one yet.
        assertTrue(next >= newest.number() - 1, "the newest and not the oldest: " + next);
    }

    @Test
    void aPartThatHasNotChangedIsTheSameObject() throws Exception {
        final Listener listener = Listener.to(ui, Long.MAX_VALUE);
        final UiSnapshot first = listener.next();
        ui.session("a").post(new UiEvent.Set(0, 0.125)).get(30, TimeUnit.SECONDS);
        final UiSnapshot later = listener.await(s -> s.parameters().value(0) == 0.125);
        assertSame(first.midi(), later.midi());
        assertSame(first.module(), later.module());
        assertSame(first.outputs(), later.outputs());
    }

    @Test
    void askingForNothingIsAnErrorAndAFailureEndsTheSubscription() throws Exception {
        final Listener wrong = Listener.to(ui, 0);
        wrong.subscription().request(0);
        final Object end = wrong.end();
        assertInstanceOf(IllegalArgumentException.class, end);
        assertTrue(end.toString().contains("asked for 0"), end.toString());
        final CountDownLatch thrown = new CountDownLatch(1);
        ui.snapshots()
                .subscribe(
                        new Flow.Subscriber<>() {
                            @Override
                            public void onSubscribe(final Flow.Subscription subscription) {
                                subscription.request(Long.MAX_VALUE);
                            }

                            @Override
                            public void onNext(final UiSnapshot snapshot) {
                                thrown.countDown();
                                throw new IllegalStateException("as this test wants");
                            }

                            @Override
                            public void onError(final Throwable failure) {}

                            @Override
                            public void onComplete() {}
                        });
        assertTrue(thrown.await(30, TimeUnit.SECONDS));
        final Listener other = Listener.to(ui, 3);
        assertNotNull(other.next());
    }

    @Test
    void aCancelledSubscriberIsAskedForNoMoreAndOthersAreCompletedAtTheEnd() throws Exception {
        final Listener gone = Listener.to(ui, Long.MAX_VALUE);
        final Listener stays = Listener.to(ui, Long.MAX_VALUE);
        gone.next();
        gone.subscription().cancel();
        final long now = stays.next().number();
        stays.await(snapshot -> snapshot.number() > now + 2);
        instance.ui.close();
        assertEquals("complete", stays.end());
        assertTrue(gone.ends.isEmpty());
        assertEquals("complete", Listener.to(ui, 1).end(), "also for who comes too late");
    }
}
