package dev.portico.e2e.bench;

/**
 * What was measured, and how much it may be.
 *
 * @param unit empty for what is only counted
 */
public record Bound(String what, double measured, double atMost, String unit) {
    private static final String BROKEN = "**not met**";

    boolean holds() {
        return measured <= atMost;
    }

    /** How much it may be, and whether it is more. */
    String limit() {
        return holds() ? told(atMost) : told(atMost) + " " + BROKEN;
    }

    /** A row of {@link Bounds}. */
    @Override
    public String toString() {
        return "| %s | %s | %s | %s |".formatted(what, told(measured), told(atMost), holds() ? "yes" : BROKEN);
    }

    private String told(double value) {
        return (value == Math.rint(value) ? "%,.0f %s" : "%,.2f %s")
                .formatted(value, unit)
                .strip();
    }
}
