package dev.portico.routetable;

/** A condition on a named value: a header (all its lines joined by commas), the first query parameter, a cookie. */
public record ValueMatch(Kind kind, String name, String value) {
    public ValueMatch {
        Check.text("name", name);
    }

    /** How the value is compared. */
    public enum Kind {
        EXACT,
        /** RE2 syntax, against the whole value. */
        REGULAR_EXPRESSION
    }
}
