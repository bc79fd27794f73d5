package dev.portico.routetable;

/** A condition on the normalised path. A prefix is compared by elements: {@code /a} covers {@code /a/b}, not {@code /ab}. */
public record PathMatch(Kind kind, String value) {
    public PathMatch {
        Check.text("value", value);
    }

    /** How the value is compared. */
    public enum Kind {
        EXACT,
        PREFIX,
        /** RE2 syntax, against the whole path. */
        REGULAR_EXPRESSION
    }
}
