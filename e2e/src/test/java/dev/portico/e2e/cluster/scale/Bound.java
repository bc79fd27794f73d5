package dev.portico.e2e.cluster.scale;

/** What was measured, and how much it may be. */
record Bound(String what, double measured, double atMost, String unit) {
    boolean holds() {
        return measured <= atMost;
    }

    /** A row of a table. */
    @Override
    public String toString() {
        return "| %s | %,.1f %s | %,.0f %s | %s |"
                .formatted(what, measured, unit, atMost, unit, holds() ? "yes" : "**no**");
    }
}
