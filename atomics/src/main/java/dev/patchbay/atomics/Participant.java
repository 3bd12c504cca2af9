// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import dev.patchbay.layout.ProcessStart;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;

/** A module's process in a region: what its command line says, and the region it leads to. */
public final class Participant {
    private static final Set<String> OPTIONS =
            Set.of("--region", "--id", "--host", "--generation", "--module");

    private final Path file;
    private final Region region;
    private final RegionDeclaration shapes;
    private final RoleCell cell;
    private final Role role;
    private final long hostPid;
    private final int generation;
    private final String moduleClass;

    private Participant(
            final Path file,
            final Region region,
            final RegionDeclaration shapes,
            final Role role,
            final long hostPid,
            final int generation,
            final String moduleClass) {
        this.file = file;
        this.region = region;
        this.shapes = shapes;
        this.cell = new RoleCell(region.buffer(), section(StandardRegion.ROLES), role);
        this.role = role;
        this.hostPid = hostPid;
        this.generation = generation;
        this.moduleClass = moduleClass;
    }

    /**
     * Maps the standard region that a command line names and checks that it is the one that is meant: descriptors' numbers are
     * reused, ids are not.
     *
     * @param role whose process this is
     * @param args {@code --region PATH --id HEX --host PID --generation N --module CLASS}
     * @return the participant, which holds the mapping until its region is closed
     * @throws IllegalArgumentException if an option is missing or unknown
     * @throws RegionException if the region cannot be used
     */
    public static Participant attach(final Role role, final String[] args) {
        return attach(role, StandardRegion.prebuilt(), args);
    }

    /**
     * Maps the region that a command line names, as {@link #attach(Role, String[])} does, where it is no standard region.
     *
     * @param role whose process this is
     * @param shapes a declaration whose sections the region's are compared with; one of them is named as
     *     {@link StandardRegion#ROLES}
     * @param args as above
     * @return the participant, which holds the mapping until its region is closed
     * @throws IllegalArgumentException if an option is missing or unknown
     * @throws RegionException if the region cannot be used
     */
    public static Participant attach(
            final Role role, final RegionDeclaration shapes, final String[] args) {
        final Map<String, String> options = parse(args);
        return in(
                Path.of(options.get("--region")),
                options.get("--id"),
                shapes,
                role,
                number(options, "--host"),
                (int) number(options, "--generation"),
                options.get("--module"));
    }

    /**
     * Maps the standard region of a further plug-in instance of the same host and module, in the same role. Any thread.
     *
     * @param file {@code /proc/PID/fd/N} of the region's owner
     * @param id the region's random id, 32 hexadecimal digits
     * @param newGeneration 1 for the first process in this role of that region
     * @return the participant, which holds a mapping of its own until its region is closed
     * @throws RegionException if the region cannot be used or is another one
     */
    public Participant join(final Path file, final String id, final int newGeneration) {
        return in(file, id, StandardRegion.prebuilt(), role, hostPid, newGeneration, moduleClass);
    }

    private static Participant in(
            final Path file,
            final String id,
            final RegionDeclaration shapes,
            final Role role,
            final long hostPid,
            final int generation,
            final String moduleClass) {
        final Region region = Region.attach(file);
        if (!region.instanceId().equals(id)) {
            final String found = region.instanceId();
            region.close();
            throw new RegionException(
                    file
                            + " is the region "
                            + found
                            + ", expected "
                            + id
                            + ": its owner has replaced it.");
        }
        try {
            return new Participant(file, region, shapes, role, hostPid, generation, moduleClass);
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

    /** {@return where the region's memory was opened, so that code of another language can open it, too} */
    public Path file() {
        return file;
    }

    /**
     * Publishes who this process is; its state stays none.
     *
     * @param collector the name of the garbage collector that this process runs with
     */
    public void identify(final String collector) {
        final long pid = ProcessHandle.current().pid();
        cell.identify((int) pid, ProcessStart.of(pid), generation, collector);
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
     * {@return a section of the region, of the shape that this version knows}
     *
     * @param name one of the names in the declaration that the region is attached with: {@link StandardRegion}, if no other
     * @throws IllegalArgumentException if that declaration has none of this name
     * @throws RegionException if the section is missing or has another shape
     */
    public SectionEntry section(final String name) {
        return region.section(shapes.section(name));
    }

    /** {@return this process's own cell} */
    public RoleCell role() {
        return cell;
    }

    /** {@return the pid of the process that owns the region; when it ends, so must this one} */
    public long hostPid() {
        return hostPid;
    }

    /** {@return the number of this process in its role of this region: 1 for the first, 2 for the one after it, and so on} */
    public int generation() {
        return generation;
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
