// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.testing;

import dev.patchbay.layout.AudioGeometry;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.RegionBuilder;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionKind;
import dev.patchbay.layout.StandardStructs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Valid declarations by chance: every kind of section, with random structs, roles, parameters and counts. A seed stands for one
 * declaration, on every JVM: {@link Random} is specified to the bit, and nothing here depends on the order of a set.
 */
public final class RandomDeclarations {
    /** Sections take few elements each: what is compared is where they lie. */
    private static final int MAX_COUNT = 40;

    private final Random random;
    private final RandomStructs structs;
    private final List<Role> roles = new ArrayList<>();
    private final RegionBuilder builder;

    private RandomDeclarations(final long seed) {
        random = new Random(seed);
        structs = new RandomStructs(random);
        builder = RegionDeclaration.named(nameOf(seed));
        final int count = 2 + random.nextInt(Role.MAX_CODE);
        for (int code = 0; code < count; code++) {
            roles.add(new Role("party" + code, code));
        }
        if (random.nextInt(3) == 0) {
            roles.clear();
            roles.addAll(Role.STANDARD);
        }
    }

    /**
     * The declaration of a seed. Two seeds give two names. Three of four declarations have every kind of section, in random
     * order and some kinds twice; the others have a few.
     */
    public static RegionDeclaration of(final long seed) {
        return new RandomDeclarations(seed).declare();
    }

    private static String nameOf(final long seed) {
        return "random" + Long.toUnsignedString(seed);
    }

    private RegionDeclaration declare() {
        final List<SectionKind> kinds = new ArrayList<>(List.of(SectionKind.values()));
        // Every region has one, made by the library.
        kinds.remove(SectionKind.SCHEMA);
        final int all = kinds.size();
        Collections.shuffle(kinds, random);
        if (random.nextInt(4) == 0) {
            kinds.subList(1 + random.nextInt(all - 1), all).clear();
        } else {
            for (int i = random.nextInt(5); i > 0; i--) {
                kinds.add(kinds.get(random.nextInt(all)));
            }
        }
        for (final SectionKind kind : kinds) {
            add(kind);
        }
        return builder.build();
    }

    /** Has no default: a new kind must find its place here. */
    private RegionBuilder add(final SectionKind kind) {
        final String name = structs.name("s_" + kind.name().toLowerCase(Locale.ROOT));
        final String comment = "made by chance";
        final Role writer = any(roles);
        final Role other = otherThan(writer);
        return switch (kind) {
            case CONSTANTS -> builder.constants(name, comment, structs.next(), count());
            case STRUCTS -> builder.structs(name, comment, writer, structs.next(), count());
            case ARRAY -> arrays(name, comment, writer);
            case BITSET -> builder.bitset(name, comment, some(), other, 1 + random.nextInt(300));
            case SNAPSHOT -> builder.snapshot(name, comment, writer, structs.next(Long.BYTES));
            case BROADCAST ->
                    builder.broadcast(
                            name, comment, writer, structs.next(Long.BYTES), powerOfTwo(6));
            case TRIPLE_BUFFER ->
                    builder.tripleBuffer(name, comment, writer, other, structs.next(), count());
            case EVENT_QUEUE -> builder.eventQueue(name, comment, writer, other, powerOfTwo(6));
            case BLOB -> builder.blob(name, comment, writer, other, 1 + random.nextInt(1000));
            case AUDIO_BLOCKS -> builder.audioBlocks(name, comment, writer, other, geometry());
            case COUNTERS -> builder.counters(name, comment, writer, counterNames());
            case PARAMETERS -> parameters(name, comment, writer);
            case VOICE_STATES -> builder.voiceStates(name, comment, writer, count());
            case METERS -> builder.meters(name, comment, writer, count());
            case HISTOGRAM -> builder.histogram(name, comment, writer);
            case ROLES -> builder.roles(name, comment, roles);
            case RING -> builder.ring(name, comment, writer, other, ringCapacity());
            case SHARED_RING -> builder.sharedRing(name, comment, some(), other, ringCapacity());
            case SHARED_EVENT_QUEUE ->
                    builder.sharedEventQueue(name, comment, some(), other, powerOfTwo(6));
            case SCHEMA ->
                    throw new IllegalStateException("The library alone makes a schema section.");
        };
    }

    /** One array of each scalar type. */
    private RegionBuilder arrays(final String name, final String comment, final Role writer) {
        for (final FieldType type : FieldType.values()) {
            builder.array(name + "_of_" + type.code(), comment, writer, type, count());
        }
        return builder;
    }

    /** Half of the time with their descriptions, else cells that an image describes later. */
    private RegionBuilder parameters(final String name, final String comment, final Role writer) {
        if (random.nextBoolean()) {
            return builder.parameters(name, comment, writer, RandomParameters.some(random));
        }
        final String info = structs.name("s_about");
        final int count = count();
        return builder.constants(info, comment, StandardStructs.PARAMETER_INFO, count)
                .parameterCells(name, comment, writer, info, count);
    }

    private AudioGeometry geometry() {
        return new AudioGeometry(random.nextInt(4), random.nextInt(4), 1 + random.nextInt(200));
    }

    private String[] counterNames() {
        final String[] names = new String[1 + random.nextInt(5)];
        for (int i = 0; i < names.length; i++) {
            names[i] = structs.name("count_of_word");
        }
        return names;
    }

    private int count() {
        return 1 + random.nextInt(MAX_COUNT);
    }

    /** From 1 to two to the power of the highest exponent. */
    private int ringCapacity() {
        return Math.max(RingDescriptor.MIN_CAPACITY, powerOfTwo(11));
    }

    private int powerOfTwo(final int highest) {
        return 1 << random.nextInt(highest + 1);
    }

    private Role any(final List<Role> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Role otherThan(final Role role) {
        return roles.get((role.code() + 1 + random.nextInt(roles.size() - 1)) % roles.size());
    }

    private Set<Role> some() {
        final Set<Role> some = new HashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            some.add(any(roles));
        }
        return some;
    }
}
