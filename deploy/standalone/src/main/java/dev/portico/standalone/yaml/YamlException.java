package dev.portico.standalone.yaml;

/** A document that cannot be read: what is wrong, and in which line of it (from 1). */
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String field;
    private final String problem;

    YamlException(int line, String field, String message) {
        super(message);
        this.line = line;
        this.field = field;
        this.problem = message;
    }

    public String problem() {
        return problem;
    }

    public int line() {
        return line;
    }

    /** The path of the field that is to blame; empty where the syntax is. */
    public String field() {
        return field;
    }
}
