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

    /** What can be written into a head: each character is one octet, and no control character but the tab (RFC 9110 §5.5). */
    static String headerValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException(name
                        + " has the character U+%04X at %d, expected characters up to U+00FF, none of them control characters"
                                .formatted((int) c, i));
            }
        }
        return value;
    }

    static Duration positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is " + value + ", expected a duration of more than 0");
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
