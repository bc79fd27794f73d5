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

    /**
     * What can be written into a head: each character is one octet, none is a control character but the tab (RFC 9110
     * §5.5), and a blank stands at neither end, where HTTP/2 forbids it (RFC 9113 §8.2.1).
     */
    static String headerValue(String name, String value) {
        if (!value.isEmpty() && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)))) {
            throw new IllegalArgumentException(name + " begins or ends with a blank, expected no blank at either end");
        }
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

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", expected a duration of at least 0");
        }
        return value;
    }
}
