// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import java.nio.file.Path;

/** A process in Java: {@code SoakWorker REGION ROLE SEED [broken]}. It says what it found broken, and ends with 1. */
public final class SoakWorker {
    private SoakWorker() {}

    /**
     * Works until it is told to stop, or killed.
     *
     * @param args the region's file, the role's name, a seed
     */
    public static void main(final String[] args) {
        try (Region region = Region.attach(Path.of(args[0]))) {
            final Role role =
                    region.roles().stream()
                            .filter(r -> r.name().equals(args[1]))
                            .findFirst()
                            .orElseThrow();
            if (role.equals(SoakRegion.READER)) {
                new SoakReader(region, Long.parseLong(args[2]), args.length > 3).run();
            } else {
                new SoakProducer(region, role).run();
            }
        } catch (final SoakFailure e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}
