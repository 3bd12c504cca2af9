// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random declarations and random changes to them: the verdict must be what a real reader finds. */
class CompatibilityPropertyTest {
    private static final int ROUNDS = 400;

    @TempDir private Path folder;

    /** A section to be, which can be changed. */
    private record Plan(String name, int kind, int writer, int fields, int count) {
        RegionBuilder addTo(final RegionBuilder builder, final List<Role> roles) {
            final Role from = roles.get(writer);
            final Role to = roles.get((writer + 1) % roles.size());
            final StructType.Builder struct = StructType.named("s_" + name, "");
            for (int i = 0; i < 2; i++) {
                final FieldType type = (fields >> i & 1) == 0 ? FieldType.INT64 : FieldType.FLOAT64;
                struct.field(type, "f" + i, "");
            }
            return switch (kind) {
                case 0 -> builder.structs(name, "", from, struct.build(), count);
                case 1 -> builder.tripleBuffer(name, "", from, to, struct.build(), count);
                case 2 -> builder.array(name, "", from, fields(FieldType.INT32), count);
                case 3 -> builder.constants(name, "", struct.build(), count);
                default -> builder.blob(name, "", from, to, count * 64);
            };
        }

        private FieldType fields(final FieldType base) {
            return FieldType.values()[base.ordinal() + fields % 4];
        }
    }

    @Test
    void anOlderReaderAttachesExactlyWhenTheVerdictSaysSo() throws IOException {
        final long seed = new Random().nextLong();
        System.out.println("CompatibilityPropertyTest: seed " + seed);
        final Random random = new Random(seed);
        int readable = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final List<Role> roles = List.of(new Role("a", 0), new Role("b", 1), new Role("c", 2));
            final List<Plan> plans = new ArrayList<>();
            final int sections = 1 + random.nextInt(6);
            for (int i = 0; i < sections; i++) {
                plans.add(plan("section" + i, random));
            }
            final RegionDeclaration older = declare(plans, roles);
            final RegionDeclaration newer = declare(changed(plans, random), roles);
            final boolean expected = attaches(older, newer);
            final Compatibility verdict = Compatibility.between(older, newer);
            assertEquals(
                    expected,
                    verdict.verdict() != Compatibility.Verdict.INCOMPATIBLE,
                    () -> "seed " + seed + ": " + older.schema() + newer.schema() + verdict);
            assertEquals(
                    older.hash() == newer.hash(),
                    verdict.verdict() == Compatibility.Verdict.SAME,
                    "seed " + seed);
            readable += expected ? 1 : 0;
        }
        final int share = readable;
        assertTrue(
                readable > ROUNDS / 10 && readable < ROUNDS * 9 / 10,
                () -> "seed " + seed + ": " + share + " of " + ROUNDS + " were readable");
    }

    private static Plan plan(final String name, final Random random) {
        return new Plan(
                name,
                random.nextInt(5),
                random.nextInt(3),
                random.nextInt(4),
                1 + random.nextInt(20));
    }

    private static RegionDeclaration declare(final List<Plan> plans, final List<Role> roles) {
        RegionBuilder builder = RegionDeclaration.named("random");
        // Names all three roles, so that removing a section never removes a role.
        builder = builder.roles("roles", "", roles);
        for (final Plan plan : plans) {
            builder = plan.addTo(builder, roles);
        }
        return builder.build();
    }

    private static List<Plan> changed(final List<Plan> plans, final Random random) {
        final List<Plan> now = new ArrayList<>(plans);
        for (int change = random.nextInt(3); change > 0 && !now.isEmpty(); change--) {
            final int i = random.nextInt(now.size());
            final Plan p = now.get(i);
            switch (random.nextInt(10)) {
                case 0 -> now.remove(i);
                case 1 -> now.set(i, plan(p.name() + "_renamed", random));
                case 2 -> now.set(i, new Plan(p.name(), (p.kind() + 1) % 5, p.writer(), 0, 9));
                case 3 -> now.set(i, new Plan(p.name(), p.kind(), p.writer(), p.fields() ^ 1, 9));
                case 4 -> now.set(i, new Plan(p.name(), p.kind(), 2 - p.writer(), 0, p.count()));
                case 5, 6 -> now.set(i, more(p, random.nextInt(21) - 3));
                case 7, 8 -> now.add(i, plan("new" + change, random));
                default -> Collections.shuffle(now, random);
            }
        }
        return now;
    }

    private static Plan more(final Plan p, final int difference) {
        return new Plan(
                p.name(), p.kind(), p.writer(), p.fields(), Math.max(1, p.count() + difference));
    }

    /**
     * A reader of the older declaration that uses all of it: attaches to a real region of the newer one, asks for each section, and
     * looks whether there are as many elements as it may index and whether the cells' owners are those it was written for.
     */
    private boolean attaches(final RegionDeclaration older, final RegionDeclaration newer)
            throws IOException {
        final Path file = folder.resolve("region");
        Region.create(file, new RegionImage(newer)).close();
        try (var region = Region.attachReadOnly(file)) {
            for (final Section wanted : older.sections()) {
                if (wanted.kind() == SectionKind.SCHEMA) {
                    continue;
                }
                final SectionEntry found = region.section(wanted);
                final SectionEntry asDeclared = wanted.entry();
                if (found.count() < asDeclared.count()
                        || found.writers() != asDeclared.writers()
                        || (found.readers() & asDeclared.readers()) != asDeclared.readers()) {
                    return false;
                }
            }
            return true;
        } catch (final RegionException e) {
            return false;
        } finally {
            Files.delete(file);
        }
    }
}
