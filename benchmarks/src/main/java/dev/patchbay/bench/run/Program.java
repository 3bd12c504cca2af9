// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import java.util.List;
import java.util.Locale;

/** The contenders in C and C++: each is compiled from the same driver and a header of its own. */
enum Program {
    /** The generated header's queue of events. */
    QUEUE_PATCHBAY("queue.c", "queue_patchbay.h"),
    /** boost::lockfree::spsc_queue. */
    QUEUE_BOOST("queue.cpp", "queue_boost.h"),
    /** moodycamel::ReaderWriterQueue. */
    QUEUE_MOODYCAMEL("queue.cpp", "queue_moodycamel.h"),
    /** ck_ring of Concurrency Kit. */
    QUEUE_CK("queue.c", "queue_ck.h"),
    /** jack_ringbuffer. */
    QUEUE_JACK("queue.c", "queue_jack.h", "-ljack"),
    /** One cache line. */
    QUEUE_LINE("queue.c", "queue_line.h"),
    /** The generated header's ring, whose bytes are Agrona's. */
    QUEUE_RING("queue.c", "queue_ring.h"),
    /** The generated header's queue of many producers. */
    MANY_PATCHBAY("queue.c", "many_patchbay.h"),
    /** moodycamel::ConcurrentQueue. */
    MANY_MOODYCAMEL("queue.cpp", "many_moodycamel.h"),
    /** Cells of the generated header. */
    CELLS_PATCHBAY("cells.c", "cells_patchbay.h"),
    /** C11 atomics. */
    CELLS_C11("cells.c", "cells_c11.h"),
    /** A mutex of the C library. */
    CELLS_MUTEX("cells.c", "cells_mutex.h"),
    /** The machine's own noise. */
    NOISE("noise.c", null);

    private final String source;
    private final String header;
    private final List<String> libraries;

    Program(final String source, final String header, final String... libraries) {
        this.source = source;
        this.header = header;
        this.libraries = List.of(libraries);
    }

    String source() {
        return source;
    }

    /** The contender's header; null where the source has none. */
    String header() {
        return header;
    }

    List<String> libraries() {
        return libraries;
    }

    boolean isCpp() {
        return source.endsWith(".cpp");
    }

    String file() {
        return name().toLowerCase(Locale.ROOT);
    }
}
