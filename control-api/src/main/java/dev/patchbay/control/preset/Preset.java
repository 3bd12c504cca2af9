// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.state.ParameterValues;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * A named sound. What a newer version wrote into its file and this one does not know stays with it. Immutable; any thread.
 *
 * <p>Texts are brought into one form (Unicode NFC, no white space around them) and refused, with a sentence, where they are too long or hold
 * characters that cannot be seen.
 */
public final class Preset {
    /** The most tags. */
    public static final int MOST_TAGS = 32;

    private final String name;
    private final String author;
    private final List<String> tags;
    private final String comment;
    private final ParameterValues values;
    private final Extras extras;

    Preset(
            final String name,
            final String author,
            final List<String> tags,
            final String comment,
            final ParameterValues values,
            final Extras extras) {
        this.name = name;
        this.author = author;
        this.tags = tags;
        this.comment = comment;
        this.values = values;
        this.extras = extras;
    }

    /**
     * {@return a preset without author, tags and comment}
     *
     * @param name 1 to 100 characters on one line
     * @param values the sound
     * @throws IllegalArgumentException if the name cannot be one
     */
    public static Preset of(final String name, final ParameterValues values) {
        return new Preset(TextRule.NAME.check(name), "", List.of(), "", values, Extras.NONE);
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return who made it; may be empty} */
    public String author() {
        return author;
    }

    /** {@return words it is found by, sorted} */
    public List<String> tags() {
        return tags;
    }

    /** {@return what its author says of it, perhaps on several lines; may be empty} */
    public String comment() {
        return comment;
    }

    /** {@return the sound} */
    public ParameterValues values() {
        return values;
    }

    Extras extras() {
        return extras;
    }

    /** About how many bytes of memory this takes. */
    int weight() {
        final int texts =
                name.length()
                        + author.length()
                        + comment.length()
                        + tags.stream().mapToInt(tag -> tag.length() + 32).sum();
        return 500 + 2 * texts + (Integer.BYTES + Double.BYTES) * values.size() + extras.length();
    }

    /**
     * {@return the same with another name}
     *
     * @param other 1 to 100 characters on one line
     * @throws IllegalArgumentException if it cannot be one
     */
    public Preset withName(final String other) {
        return new Preset(TextRule.NAME.check(other), author, tags, comment, values, extras);
    }

    /**
     * {@return the same with another author}
     *
     * @param other at most 100 characters on one line
     * @throws IllegalArgumentException if it cannot be one
     */
    public Preset withAuthor(final String other) {
        return new Preset(name, TextRule.AUTHOR.check(other), tags, comment, values, extras);
    }

    /**
     * {@return the same with other tags} Tags that differ in case or accents alone are one.
     *
     * @param others at most {@link #MOST_TAGS}, each 1 to 40 characters on one line
     * @throws IllegalArgumentException if one cannot be a tag, or there are too many
     */
    public Preset withTags(final Collection<String> others) {
        return new Preset(name, author, checkedTags(others), comment, values, extras);
    }

    /**
     * {@return the same with another comment}
     *
     * @param other at most 10 000 characters
     * @throws IllegalArgumentException if it cannot be one
     */
    public Preset withComment(final String other) {
        return new Preset(name, author, tags, TextRule.COMMENT.check(other), values, extras);
    }

    /**
     * {@return the same with another sound}
     *
     * @param others the sound
     */
    public Preset withValues(final ParameterValues others) {
        return new Preset(name, author, tags, comment, others, extras);
    }

    static List<String> checkedTags(final Collection<String> tags) {
        final TreeMap<String, String> distinct = new TreeMap<>();
        // Sorted first: which of two spellings stays must not depend on the order they came in.
        tags.stream()
                .map(TextRule.TAG::check)
                .sorted()
                .forEach(tag -> distinct.putIfAbsent(TextRule.folded(tag), tag));
        if (distinct.size() > MOST_TAGS) {
            throw new IllegalArgumentException(
                    "A preset has at most "
                            + MOST_TAGS
                            + " tags, but this one has "
                            + distinct.size()
                            + ".");
        }
        return List.copyOf(distinct.values());
    }

    @Override
    public boolean equals(final Object object) {
        if (!(object instanceof Preset)) {
            return false;
        }
        final Preset other = (Preset) object;
        return name.equals(other.name)
                && author.equals(other.author)
                && tags.equals(other.tags)
                && comment.equals(other.comment)
                && values.equals(other.values)
                && extras.equals(other.extras);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + values.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
