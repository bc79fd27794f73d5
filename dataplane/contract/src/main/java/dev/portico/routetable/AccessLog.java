package dev.portico.routetable;

/**
 * How requests of a listener are logged.
 *
 * @param samplingPercent how many of a hundred requests, 0 to 100
 */
public record AccessLog(Format format, int samplingPercent) {
    public static final AccessLog DEFAULT = new AccessLog(Format.JSON, 100);

    public AccessLog {
        Check.range("samplingPercent", samplingPercent, 0, 100);
    }

    /** The form of a line. */
    public enum Format {
        JSON,
        TEXT,
        DISABLED
    }
}
