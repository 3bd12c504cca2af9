// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Order;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Operations in C, compiled and loaded, to be called by a scenario's actors: each access of the model's memory is one of the
 * {@link ModelBuffer}. By the thread that runs the model only.
 */
public final class CCode implements AutoCloseable {
    private static final Order[] ORDERS = {
        Order.OPAQUE,
        Order.ACQUIRE,
        Order.ACQUIRE,
        Order.RELEASE,
        Order.ACQUIRE_RELEASE,
        Order.VOLATILE
    };

    /** Loads in one operation, beyond those that the model counts, as in a set-up. */
    private static final int TURNS = 10_000;

    private final Path file;
    private final Exchange exchange;
    private final long library;
    private final Map<String, Long> symbols = new HashMap<>();
    private final Map<Long, String> sites = new HashMap<>();
    private ModelBuffer memory;
    private long site;

    private CCode(final Path file, final Exchange exchange) {
        this.file = file;
        this.exchange = exchange;
        this.library = Exchange.model_open(file.toString());
        if (library == 0) {
            throw new IllegalStateException("C code cannot be loaded: " + Exchange.model_error());
        }
    }

    /**
     * Compiles and loads.
     *
     * @param compiler makes the code
     * @param source the text, which includes model.h
     * @param header what it includes as header.h
     * @throws CCompiler.Refused if it does not compile
     */
    public static CCode of(final CCompiler compiler, final String source, final String header) {
        final Exchange exchange = Exchange.of(compiler.runtime());
        return new CCode(compiler.compile(source, header), exchange);
    }

    /** The operations are about this memory from now on: to be called by each set-up. */
    public CCode bind(final ModelBuffer bound) {
        memory = bound;
        Exchange.model_bind(bound.capacity());
        return this;
    }

    /** The operations are about this section of this memory from now on: to be called by each set-up. */
    public CCode bind(final ModelBuffer bound, final SectionEntry section) {
        exchange.section(
                section.offset(),
                section.elementOffset(0),
                section.stride(),
                section.count(),
                section.copies(),
                section.copyStride());
        return bind(bound);
    }

    /** An actor that begins, with memory of its own that is zero. To be called where its first operation is. */
    public CActor actor(final int number) {
        Exchange.model_actor(number);
        return new CActor(this, number);
    }

    @Override
    public void close() {
        Exchange.model_close(library);
    }

    long call(final int actor, final String operation, final long... arguments) {
        final long code = symbol(operation);
        for (int i = 0; i < arguments.length; i++) {
            exchange.argument(i, arguments[i]);
        }
        memory.from(this::place);
        int state = Exchange.model_start(code, actor);
        for (int turn = 0; turn < TURNS; turn++) {
            long answer = 0;
            for (int i = 0; i < exchange.count(); i++) {
                answer = perform(i);
            }
            if (state == Exchange.ENDED) {
                memory.from(null);
                return exchange.result();
            }
            if (state == Exchange.FAILED) {
                throw new AssertionError("broken: " + exchange.message());
            }
            exchange.answer(answer);
            state = Exchange.model_resume();
        }
        throw new AssertionError(
                "broken: " + operation + " has not ended after " + TURNS + " questions");
    }

    private long symbol(final String operation) {
        return symbols.computeIfAbsent(
                operation,
                name -> {
                    final long found = Exchange.model_symbol(library, "operation_" + name);
                    if (found == 0) {
                        throw new IllegalArgumentException(
                                "There is no OPERATION(" + name + ") in " + file + ".");
                    }
                    return found;
                });
    }

    private long perform(final int i) {
        site = exchange.site(i);
        final int offset = exchange.offset(i);
        final int size = exchange.size(i);
        final Order order = order(exchange.order(i));
        final long value = exchange.value(i);
        return switch (exchange.kind(i)) {
            case Exchange.LOAD -> memory.get(offset, size, order);
            case Exchange.STORE -> {
                memory.put(offset, size, order, value);
                yield 0;
            }
            case Exchange.COMPARE ->
                    memory.compareAndExchange(
                            offset,
                            size,
                            order,
                            order(exchange.failure(i)),
                            exchange.expected(i),
                            value);
            case Exchange.SET -> memory.getAndSet(offset, size, order, value);
            case Exchange.ADD -> memory.getAndAdd(offset, size, order, value);
            case Exchange.AND -> memory.getAndAnd(offset, size, order, value);
            case Exchange.OR -> memory.getAndOr(offset, size, order, value);
            case Exchange.XOR -> memory.getAndXor(offset, size, order, value);
            default -> throw new IllegalStateException("An access of no kind.");
        };
    }

    private static Order order(final int order) {
        return order == Exchange.PLAIN ? Order.PLAIN : ORDERS[order];
    }

    /** The line of the access that is being performed, with its callers. */
    private String place() {
        return sites.computeIfAbsent(site, this::lines);
    }

    private String lines(final long address) {
        final long offset = address - 1 - Exchange.model_start_of(address);
        try {
            final Process process =
                    new ProcessBuilder(
                                    "addr2line",
                                    "-fise",
                                    file.toString(),
                                    "0x" + Long.toHexString(offset))
                            .start();
            final String[] lines =
                    new String(process.getInputStream().readAllBytes(), UTF_8).split("\n");
            final StringBuilder text = new StringBuilder();
            for (int i = 0; i + 1 < lines.length && i < 4; i += 2) {
                final String at = lines[i + 1].split(" ")[0];
                text.append(i == 0 ? "" : " < ").append(lines[i]).append('(').append(at);
                text.append(')');
            }
            return text.toString();
        } catch (final IOException e) {
            return "C code at 0x" + Long.toHexString(offset);
        }
    }
}
