// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.Operations.unknown;
import static dev.patchbay.stress.header.WordScenarios.expect;

import dev.patchbay.atomics.BroadcastReader;
import dev.patchbay.atomics.BroadcastWriter;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StructType;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Scenario;

/** The broadcast, with each actor in either language. The message at each position is its number from 1 and its negative. */
final class BroadcastScenarios {
    private static final int CAPACITY = 2;
    private static final StructType PAIR =
            StructType.named("pair", "Two words that belong together.")
                    .field(FieldType.INT64, "first", "")
                    .field(FieldType.INT64, "second", "")
                    .build();

    private BroadcastScenarios() {}

    /**
     * Two slots are full; a writer sends so many more messages, while a reader begins and reads so often.
     *
     * @param begin 0 with the oldest, 1 with the newest, 2 with the next to come
     */
    static Scenario broadcast(
            final Cast cast, final int messages, final int reads, final int begin) {
        final Place place = Place.of(r -> r.broadcast("it", "", Role.RT, PAIR, CAPACITY));
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            setup.name(place.head(Heads.BROADCAST, "tail"), "tail");
            for (int i = 0; i < CAPACITY; i++) {
                final int slot = place.section().elementOffset(i);
                setup.name(slot, "sequence").name(slot + Heads.BROADCAST_SLOT.size(), "words");
            }
            final Operations before = cast.actor(0, () -> broadcastIn(memory, place));
            for (int n = 1; n <= CAPACITY; n++) {
                before.call("write", n);
            }
            setup.actor(
                    "writer",
                    () -> {
                        final Operations writer = cast.actor(0, () -> broadcastIn(memory, place));
                        for (int n = CAPACITY + 1; n <= CAPACITY + messages; n++) {
                            writer.call("write", n);
                        }
                    });
            final Operations[] reader = new Operations[1];
            setup.actor(
                    "reader",
                    () -> {
                        reader[0] = cast.actor(1, () -> broadcastIn(memory, place));
                        reader[0].call("seek", begin);
                        for (int n = 0; n < reads; n++) {
                            final boolean found = read(reader[0]);
                            expect(
                                    found || n > 0 || begin == 2,
                                    "who begins with a message that is there finds one");
                        }
                    });
            setup.check(
                    () -> {
                        while (read(reader[0])) {
                            // Until it has all.
                        }
                        expect(
                                reader[0].call("position") == CAPACITY + messages,
                                "each message is read or counted as lost");
                    });
        };
    }

    private static boolean read(final Operations reader) {
        final long before = reader.call("position");
        final long found = reader.call("read");
        expect(found <= 0 || found == before + 1, "a message is that of its position");
        return found != 0;
    }

    private static Operations broadcastIn(final ModelBuffer memory, final Place place) {
        final BroadcastWriter writer = BroadcastWriter.over(memory, place.section());
        final BroadcastReader reader = BroadcastReader.over(Loads.over(memory), place.section());
        final long[] copy = new long[2];
        return (operation, a) ->
                switch (operation) {
                    case "write" -> {
                        writer.write(new long[] {a[0], -a[0]});
                        yield 0;
                    }
                    case "seek" -> {
                        if (a[0] == 0) {
                            reader.seekOldest();
                        } else if (a[0] == 1) {
                            reader.seekNewest();
                        } else {
                            reader.seekEnd();
                        }
                        yield 0;
                    }
                    case "read" ->
                            switch (reader.read(copy)) {
                                case NOTHING -> 0;
                                case MESSAGE -> {
                                    expect(copy[0] == -copy[1], "a message is whole");
                                    yield copy[0];
                                }
                                case OVERRUN -> -reader.lost();
                            };
                    case "position" -> reader.position();
                    default -> throw unknown(operation);
                };
    }
}
