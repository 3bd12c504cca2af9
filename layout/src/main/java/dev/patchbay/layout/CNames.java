// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names of a declaration in C: the one place that makes them, for the header, and that checks them, when the declaration is
 * built. All carry the region's prefix: its name without underscores, so that no name of one region can begin like those of
 * another, and none of {@link #COMMON_WORDS}, with which the names of the header's common part begin.
 */
public final class CNames {
    /** The structs that every header has, in the order in which they are declared; a nested one before its user. */
    public static final List<StructType> COMMON_STRUCTS =
            List.of(
                    RegionHeader.ROLE_NAME,
                    RegionHeader.STRUCT,
                    RegionHeader.ENTRY,
                    EventDescriptor.STRUCT,
                    Heads.EVENT_QUEUE,
                    Heads.TRIPLE_BUFFER,
                    Heads.SNAPSHOT,
                    Heads.BROADCAST,
                    Heads.BROADCAST_SLOT,
                    Heads.BLOB,
                    Heads.AUDIO_BLOCKS,
                    Heads.AUDIO_SLOT,
                    MeterDescriptor.WINDOW,
                    MeterDescriptor.METER,
                    MeterDescriptor.HEAD,
                    RingDescriptor.RECORD,
                    RingDescriptor.TRAILER,
                    RingDescriptor.HEAD,
                    RingDescriptor.LANE,
                    RingDescriptor.SHARED_HEAD,
                    Heads.SHARED_EVENT_QUEUE,
                    StandardStructs.PARAMETER_INFO,
                    StandardStructs.ROLE,
                    StandardStructs.PARAMETER_CHANGE,
                    StandardStructs.TRANSPORT,
                    StandardStructs.LOG_RECORD);

    /**
     * The first words of all names of the header's common part, after {@code pb_} or {@code PB_}, and some that it may come to
     * use: no region has such a name. The event queue's tests compare the list with the header of all modules.
     */
    public static final Set<String> COMMON_WORDS =
            Set.of(
                    ("alignof assert atomic attach audio automation blob broadcast byte cast cell"
                         + " check command common counter directory dirty doorbell entry error"
                         + " event fault field file find float32 float64 format futex gap gesture"
                         + " grant header histogram int16 int32 int64 int8 kind line load log magic"
                         + " make max message meter midi module name parameter process queue read"
                         + " ready record refusal refuse region request ring role roles scalar"
                         + " scale schema section sequenced share shared size slot snapshot"
                         + " speakers state static store sysex text transport triple uint16 uint32"
                         + " uint64 uint8 utf8 validate version voice write")
                            .split(" "));

    /** What a header says of each section by a macro. */
    public enum Fact {
        /** The section's name, as the directory has it. */
        NAME,
        /** Identifies its shape. */
        HASH,
        /** Bytes from the start of the region. */
        OFFSET,
        /** Bytes in all. */
        LENGTH,
        /** Bytes from the start of the section to its first element. */
        ELEMENTS_OFFSET,
        /** Bytes from element to element. */
        STRIDE,
        /** Elements. */
        COUNT
    }

    /** The functions that a header may have for a section. */
    public enum Function {
        /** Looks the section up. */
        FIND,
        /** An element, for loads. */
        AT,
        /** An element, for the writer. */
        EDIT,
        /** Loads an element with acquire. */
        GET_ACQUIRE,
        /** Stores an element with release. */
        SET_RELEASE,
        /** Copies a struct whole. */
        READ,
        /** Publishes a struct whole. */
        WRITE,
        /** The elements that the reader has taken. */
        READER,
        /** The elements that the writer may fill. */
        WRITER
    }

    private static final String REGION = "REGION";
    private static final String LENGTH = "LENGTH";
    private static final String HASH = "HASH";
    private static final String ROLE_COUNT = "ROLE_COUNT";

    private final String prefix;

    private CNames(final String prefix) {
        this.prefix = prefix;
    }

    /**
     * {@return the names of a declaration}
     *
     * @param declaration a declaration whose names were checked when it was built
     */
    public static CNames of(final RegionDeclaration declaration) {
        return new CNames(squeezed(declaration.name()));
    }

    /** {@return the macro that guards the declaration's part of the header} */
    public String guard() {
        return macro(REGION);
    }

    /** {@return the macro of the region's length} */
    public String length() {
        return macro(LENGTH);
    }

    /** {@return the macro of the declaration's hash} */
    public String hash() {
        return macro(HASH);
    }

    /**
     * {@return the macro of a role's code}
     *
     * @param role a role of the declaration
     */
    public String role(final Role role) {
        return macro("ROLE_" + upper(role.name()));
    }

    /** {@return the macro of the number of roles} */
    public String roleCount() {
        return macro(ROLE_COUNT);
    }

    /**
     * {@return the macro of a fact of a section}
     *
     * @param section a section of the declaration
     * @param fact which of the facts
     */
    public String fact(final Section section, final Fact fact) {
        return macro(upper(section.name()) + '_' + fact);
    }

    /**
     * {@return the macro of the index of a counter}
     *
     * @param section a section of counters
     * @param counter the name of one of them
     */
    public String counter(final Section section, final String counter) {
        return macro(upper(section.name()) + '_' + upper(counter));
    }

    /**
     * {@return the name of a function of a section, whether or not the header has it for that kind}
     *
     * @param section a section of the declaration
     * @param function which of the functions
     */
    public String function(final Section section, final Function function) {
        return "pb_"
                + prefix
                + '_'
                + section.name()
                + '_'
                + function.name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the type of a struct: without the region's prefix where every header has it}
     *
     * @param struct a struct of the declaration
     */
    public String type(final StructType struct) {
        return (isCommon(struct) ? "pb_" : "pb_" + prefix + '_') + struct.name();
    }

    /**
     * {@return the type of a section's elements}
     *
     * @param section a section of the declaration
     */
    public String elementType(final Section section) {
        return section.element() == null ? section.scalar().cName() : type(section.element());
    }

    /**
     * {@return whether every header has the struct: one of the same name and the same bytes}
     *
     * @param struct a struct of any declaration
     */
    public static boolean isCommon(final StructType struct) {
        return COMMON_STRUCTS.stream().anyMatch(s -> s.signature().equals(struct.signature()));
    }

    /**
     * Checks the name of a region, which is to be the prefix of others.
     *
     * @throws IllegalArgumentException if the common part of every header has names of that prefix
     */
    static String checkRegion(final String name) {
        if (COMMON_WORDS.contains(squeezed(Names.check("region", name)))) {
            throw new IllegalArgumentException(
                    "\""
                            + name
                            + "\" cannot name a region: in the generated header, names that begin"
                            + " with \"pb_"
                            + squeezed(name)
                            + "\" are the library's own. Add a word, such as \"my_"
                            + name
                            + "\".");
        }
        return name;
    }

    /**
     * Checks that the names of a declaration's header differ.
     *
     * @throws IllegalArgumentException with a sentence that names the two that would share one
     */
    static void check(final RegionDeclaration declaration) {
        final CNames names = of(declaration);
        final Map<String, String> owners = new HashMap<>();
        final Claim claim =
                (name, owner) -> {
                    final String other = owners.putIfAbsent(name, owner);
                    if (other != null) {
                        throw new IllegalArgumentException(
                                "In the header of the region \""
                                        + declaration.name()
                                        + "\", "
                                        + other
                                        + " and "
                                        + owner
                                        + " would both be "
                                        + name
                                        + ". Rename one of them.");
                    }
                };
        claim.of(names.guard(), "the header's guard");
        claim.of(names.length(), "the region's length");
        claim.of(names.hash(), "the region's hash");
        claim.of(names.roleCount(), "the number of roles");
        for (final Role role : declaration.roles()) {
            claim.of(names.role(role), "the role \"" + role.name() + '"');
        }
        for (final StructType struct : declaration.structs()) {
            claim.of(names.type(struct), "the struct \"" + struct.name() + '"');
        }
        for (final Section section : declaration.sections()) {
            names.claim(section, claim);
        }
    }

    private void claim(final Section section, final Claim claim) {
        final String where = " of the section \"" + section.name() + '"';
        for (final Fact fact : Fact.values()) {
            claim.of(fact(section, fact), "the " + words(fact) + where);
        }
        for (final String counter : section.names()) {
            claim.of(counter(section, counter), "the counter \"" + counter + '"' + where);
        }
        // All of them, whatever the kind: a later version may have more, and breaks nothing then.
        for (final Function function : Function.values()) {
            claim.of(
                    function(section, function), "the function \"" + words(function) + '"' + where);
        }
    }

    /** Takes a name for something. */
    @FunctionalInterface
    private interface Claim {
        void of(String name, String owner);
    }

    private String macro(final String rest) {
        return "PB_" + upper(prefix) + '_' + rest;
    }

    private static String squeezed(final String name) {
        return name.replace("_", "");
    }

    private static String words(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String upper(final String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
