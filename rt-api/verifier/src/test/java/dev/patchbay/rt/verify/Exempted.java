// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RealTimeExempt;

/** Modules with exemptions. */
final class Exempted {
    private Exempted() {}

    /** The exempt method covers what it calls, on this way and on no other. */
    static final class OnOneWay extends TestModule {
        Object last;

        private void make() {
            last = new Object(); // OnOneWay
        }

        @RealTimeExempt(reason = "Once in the life of a module.")
        private void firstBlock() {
            make();
        }

        @Override
        public void process(final Block block) {
            firstBlock();
        }
    }

    static final class OnTwoWays extends TestModule {
        Object last;

        private void make() {
            last = new Object();
        }

        @RealTimeExempt(reason = "Once in the life of a module.")
        private void firstBlock() {
            make();
        }

        @Override
        public void process(final Block block) {
            firstBlock();
        }

        @Override
        public void handleEvent(final Event event) {
            make();
        }
    }

    static final class Stale extends TestModule {
        private int n;

        @RealTimeExempt(reason = "It used to allocate.")
        private void count() {
            n++;
        }

        @Override
        public void process(final Block block) {
            count();
        }
    }

    static final class Unreached extends TestModule {
        @RealTimeExempt(reason = "Nobody calls it.")
        Object make() {
            return new Object();
        }
    }

    static final class WithoutReason extends TestModule {
        Object last;

        @Override
        @RealTimeExempt(reason = " ")
        public void process(final Block block) {
            last = new Object();
        }
    }

    @RealTimeExempt(reason = "Draws for the author alone, in a build for tests.")
    static final class Scope {
        private final StringBuilder text = new StringBuilder();

        void draw(final int frames) {
            text.append(frames);
        }
    }

    static final class OfAClass extends TestModule {
        private final Scope scope = new Scope();

        @Override
        public void process(final Block block) {
            scope.draw(block.frames());
        }
    }
}
