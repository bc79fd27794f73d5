package dev.portico.routetable;

import java.time.Duration;

/** What the words have in common when they refuse a value. */
final class Check {
    private Check() {}

    static String text(String name, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty, expected text");
        }
        return value;
    }

    static int range(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + min + " to " + max);
        }
        return value;
    }

    static Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", expected a duration of at least 0");
        }
        return value;
    }
}
