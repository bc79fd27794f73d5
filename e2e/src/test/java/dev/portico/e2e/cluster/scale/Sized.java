package dev.portico.e2e.cluster.scale;

import dev.portico.e2e.cluster.scale.Starts.Start;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The starts of a program when there were so many Ingresses. */
record Sized(int ingresses, List<Start> starts) {
    Times times(Function<Start, Duration> part) {
        return Times.of(starts.stream().map(part).toList());
    }

    /** What it held, the median. */
    double mebibytes() {
        return starts.stream().map(Start::bytes).sorted().toList().get(starts.size() / 2) / (double) (1 << 20);
    }

    /** What it held more than when there were fewer, for each thousand more. */
    double mebibytesPerThousandSince(Sized fewer) {
        return (mebibytes() - fewer.mebibytes()) / (ingresses - fewer.ingresses) * 1_000;
    }
}
