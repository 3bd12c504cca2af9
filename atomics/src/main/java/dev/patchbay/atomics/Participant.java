// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.ProcessStart;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;

/** A module's process in the region of a plug-in instance: what its command line says, and the region it leads to. */
public final class Participant {
    private static final Set<String> OPTIONS =
            Set.of("--region", "--id", "--host", "--generation", "--module");

    private final Region region;
    private final RoleCell role;
    private final long hostPid;
    private final int generation;
    private final String moduleClass;

    private Participant(final Region region, final Role role, final Map<String, String> options) {
        this.region = region;
        this.role = new RoleCell(region.buffer(), section(StandardRegion.ROLES), role);
        this.hostPid = number(options, "--host");
        this.generation = (int) number(options, "--generation");
        this.moduleClass = options.get("--module");
    }

    /**
     * Maps the region that a command line names and checks that it is the one that is meant: descriptors' numbers are reused,
     * ids are not.
     *
     * @param role whose process this is
     * @param args {@code --region PATH --id HEX --host PID --generation N --module CLASS}
     * @return the participant, which holds the mapping until its region is closed
     * @throws IllegalArgumentException if an option is missing or unknown
     * @throws RegionException if the region cannot be used
     */
    public static Participant attach(final Role role, final String[] args) {
        final Map<String, String> options = parse(args);
        final Region region = Region.attach(Path.of(options.get("--region")));
        if (!region.instanceId().equals(options.get("--id"))) {
            final String found = region.instanceId();
            region.close();
            throw new RegionException(
                    options.get("--region")
                            + " is the region "
                            + found
                            + ", expected "
                            + options.get("--id")
                            + ": its owner has replaced it.");
        }
        try {
            return new Participant(region, role, options);
        } catch (final RuntimeException e) {
            region.close();
            throw e;
        }
    }

    private static Map<String, String> parse(final String[] args) {
        final Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        if (args.length % 2 != 0 || !options.keySet().equals(OPTIONS)) {
            throw new IllegalArgumentException(
                    "A module's process takes --region PATH --id HEX --host PID --generation N"
                            + " --module CLASS, but was given: "
                            + String.join(" ", args));
        }
        return options;
    }

    private static long number(final Map<String, String> options, final String name) {
        try {
            return Long.parseLong(options.get(name));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The option "
                            + name
                            + " takes a number, but was given "
                            + options.get(name)
                            + ".",
                    e);
        }
    }

    /**
     * Publishes who this process is; its state stays none.
     *
     * @param collector the name of the garbage collector that this process runs with
     */
    public void identify(final String collector) {
        final long pid = ProcessHandle.current().pid();
        role.identify((int) pid, ProcessStart.of(pid), generation, collector);
    }

    /** {@return the handle on the region; to be closed by whoever attached, once nothing of this participant is in use} */
    public Region region() {
        return region;
    }

    /** {@return the region's bytes, for loads and stores} */
    public AtomicBuffer buffer() {
        return region.buffer();
    }

    /**
     * {@return a section of the standard region, of the shape that this version knows}
     *
     * @param name one of the names in {@link StandardRegion}
     * @throws IllegalArgumentException if the standard region has none of this name
     * @throws RegionException if the section is missing or has another shape
     */
    public SectionEntry section(final String name) {
        return region.section(StandardRegion.prebuilt().section(name));
    }

    /** {@return this process's own cell} */
    public RoleCell role() {
        return role;
    }

    /** {@return the pid of the process that owns the region; when it ends, so must this one} */
    public long hostPid() {
        return hostPid;
    }

    /** {@return the binary name of the class of the module to run} */
    public String moduleClass() {
        return moduleClass;
    }

    /**
     * Makes the module by its public constructor without arguments.
     *
     * @param <T> the interface
     * @param type the interface that it must implement
     * @return a new module
     * @throws IllegalArgumentException with a sentence that names the class, if that cannot be done
     */
    public <T> T newModule(final Class<T> type) {
        try {
            final Class<?> found = Class.forName(moduleClass);
            if (!type.isAssignableFrom(found)) {
                throw new IllegalArgumentException(
                        "The module class "
                                + moduleClass
                                + " does not implement "
                                + type.getName()
                                + ".");
            }
            return type.cast(found.getConstructor().newInstance());
        } catch (final ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "The module class "
                            + moduleClass
                            + " is not in the bundle's jars: check build.yaml and rebuild the"
                            + " bundle.",
                    e);
        } catch (final NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new IllegalArgumentException(
                    "The module class "
                            + moduleClass
                            + " needs to be public, with a public constructor without arguments.",
                    e);
        } catch (final java.lang.reflect.InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "The constructor of the module class "
                            + moduleClass
                            + " failed: "
                            + e.getCause()
                            + ".",
                    e.getCause());
        }
    }
}
