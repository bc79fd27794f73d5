package dev.portico.e2e.bench;

import java.util.List;

/** What is said of several measurements: the median, and the interval that holds it with 95 % confidence. */
record Figures(List<Double> sorted) {
    static Figures of(List<Double> values) {
        return new Figures(values.stream().sorted().toList());
    }

    double median() {
        int n = sorted.size();
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }

    double low() {
        return sorted.get(rank());
    }

    double high() {
        return sorted.get(sorted.size() - 1 - rank());
    }

    /** Of the order statistics that enclose the median: binomial, one half. */
    private int rank() {
        int n = sorted.size();
        double below = 0;
        double coefficient = Math.pow(0.5, n);
        for (int k = 0; k < n / 2; k++) {
            below += coefficient;
            if (below > 0.025) {
                return Math.max(0, k - 1);
            }
            coefficient = coefficient * (n - k) / (k + 1);
        }
        return 0;
    }

    /** Without decimals. */
    String rounded() {
        return "%,.0f (%,.0f to %,.0f)".formatted(median(), low(), high());
    }

    @Override
    public String toString() {
        return "%.2f (%.2f to %.2f)".formatted(median(), low(), high());
    }
}
