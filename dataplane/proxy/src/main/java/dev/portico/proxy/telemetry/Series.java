package dev.portico.proxy.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The values of a label, bounded and numbered: what comes when it is full is counted under {@link #OTHER}. */
final class Series {
    static final String OTHER = "other";
    private static final int NUMBER_OF_OTHER = 0;

    private final int limit;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>(Map.of(OTHER, NUMBER_OF_OTHER));

    Series(int limit) {
        this.limit = limit;
    }

    /** The name that it is counted under. */
    String admit(String name) {
        return number(name) == NUMBER_OF_OTHER ? OTHER : name;
    }

    /** The number that it is counted under, from 0 to the limit. */
    int number(String name) {
        Integer number = numbers.get(name);
        if (number != null) {
            return number;
        }
        // Once it is full no loop waits for another one.
        return numbers.size() > limit ? numberOf(name) : newNumber(name);
    }

    private synchronized int newNumber(String name) {
        if (numbers.size() <= limit) {
            numbers.putIfAbsent(name, numbers.size());
        }
        return numberOf(name);
    }

    private int numberOf(String name) {
        return numbers.getOrDefault(name, NUMBER_OF_OTHER);
    }

    /** All names with their numbers. */
    Map<String, Integer> numbers() {
        return numbers;
    }
}
