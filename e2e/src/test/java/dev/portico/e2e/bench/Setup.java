package dev.portico.e2e.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What is alike in all contenders.
 *
 * @param prefixes how many routes, each by a prefix of the path
 * @param loops event loops, workers or threads
 */
record Setup(int prefixes, int loops) {
    static final Setup DEFAULT = new Setup(100, 1);

    /** In what it differs from the default. */
    @Override
    public String toString() {
        return (prefixes == DEFAULT.prefixes ? "" : ", %,d routes".formatted(prefixes))
                + (loops == DEFAULT.loops ? "" : ", %d loops".formatted(loops));
    }

    List<String> paths() {
        return IntStream.range(0, prefixes).mapToObj("/service-%02d"::formatted).toList();
    }
}
