package dev.portico.proxy.telemetry;

import java.util.Locale;

/** Text in the exposition format of Prometheus 0.0.4. */
public final class Exposition {
    private final StringBuilder text = new StringBuilder(16 * 1024);

    /** Begins a metric; its samples follow. */
    public Exposition metric(String name, MetricType type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ');
        text.append(type.name().toLowerCase(Locale.ROOT)).append('\n');
        return this;
    }

    /** A sample; labels are names and values in turn. */
    public Exposition sample(String name, long value, String... labels) {
        labelled(name, labels);
        text.append(value).append('\n');
        return this;
    }

    /** A sample; labels are names and values in turn. */
    public Exposition sample(String name, double value, String... labels) {
        labelled(name, labels);
        text.append(value).append('\n');
        return this;
    }

    /** A metric of one sample. */
    public Exposition single(String name, MetricType type, String help, long value) {
        return metric(name, type, help).sample(name, value);
    }

    /** A metric of one sample. */
    public Exposition single(String name, MetricType type, String help, double value) {
        return metric(name, type, help).sample(name, value);
    }

    private void labelled(String name, String... labels) {
        text.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            escape(labels[i + 1]);
            text.append('"');
        }
        text.append(labels.length == 0 ? " " : "} ");
    }

    void histogram(String name, Histogram.Total total, String... labels) {
        long count = 0;
        for (int i = 0; i < total.counts.length; i++) {
            count += total.counts[i];
            String bound = i < Histogram.BOUNDS.length ? Double.toString(Histogram.BOUNDS[i]) : "+Inf";
            sample(name + "_bucket", count, and(labels, "le", bound));
        }
        sample(name + "_sum", total.sumNanos / 1e9, labels);
        sample(name + "_count", count, labels);
    }

    private static String[] and(String[] labels, String name, String value) {
        var all = new String[labels.length + 2];
        System.arraycopy(labels, 0, all, 0, labels.length);
        all[labels.length] = name;
        all[labels.length + 1] = value;
        return all;
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
