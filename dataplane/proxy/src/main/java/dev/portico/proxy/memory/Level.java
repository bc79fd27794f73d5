package dev.portico.proxy.memory;

/** How short memory is. Each level includes those before it. */
public enum Level {
    PLENTY(0),
    /** Connections without a request go. */
    SHED(0.85),
    /** New requests are refused. */
    REFUSE(0.92),
    /** No connections are accepted. */
    STOP(0.97);

    /** How far use must fall below a threshold before its level is left, so that it does not come and go. */
    private static final double MARGIN = 0.03;

    private final double threshold;

    Level(double threshold) {
        this.threshold = threshold;
    }

    /** The level that follows this one when so much is used. */
    Level next(double used) {
        Level reached = highest(used);
        Level kept = highest(used + MARGIN);
        if (compareTo(reached) <= 0) {
            return reached;
        }
        return compareTo(kept) <= 0 ? this : kept;
    }

    private static Level highest(double used) {
        Level highest = PLENTY;
        for (Level level : values()) {
            if (used >= level.threshold) {
                highest = level;
            }
        }
        return highest;
    }
}
