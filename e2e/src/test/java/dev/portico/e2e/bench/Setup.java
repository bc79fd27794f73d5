package dev.portico.e2e.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What is alike in all contenders.
 *
 * @param prefixes how many routes, each by a prefix of the path
 * @param loops event loops, workers or threads
 * @param requestIds whether each request gets a random id, which goes to the endpoint and into the log
 */
record Setup(int prefixes, int loops, boolean requestIds) {
    static final Setup DEFAULT = new Setup(100, 1, false);

    Setup withPrefixes(int other) {
        return new Setup(other, loops, requestIds);
    }

    Setup withLoops(int other) {
        return new Setup(prefixes, other, requestIds);
    }

    Setup withRequestIds() {
        return new Setup(prefixes, loops, true);
    }

    /** In what it differs from the default. */
    @Override
    public String toString() {
        return (prefixes == DEFAULT.prefixes ? "" : ", %,d routes".formatted(prefixes))
                + (loops == DEFAULT.loops ? "" : ", %d loops".formatted(loops))
                + (requestIds ? ", request ids" : "");
    }

    /** Of one length up to 10,000, so that how many they are changes nothing else of what is asked. */
    List<String> paths() {
        return IntStream.range(0, prefixes).mapToObj("/service-%04d"::formatted).toList();
    }
}
