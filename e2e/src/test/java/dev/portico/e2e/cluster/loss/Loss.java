package dev.portico.e2e.cluster.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was lost while something happened.
 *
 * @param sockets how WebSockets ended
 * @param calls how calls of gRPC ended
 */
record Loss(Event event, List<Figures> figures, Tally sockets, Tally calls) {
    /** All that went wrong, in words. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        for (Figures each : figures) {
            if (each.failed() > 0) {
                faults.add(each.toString());
            }
            if (each.requests() < Load.AT_LEAST) {
                faults.add("%s: %d requests, expected at least %d"
                        .formatted(each.kind().title(), each.requests(), Load.AT_LEAST));
            }
        }
        Stream.of(sockets, calls).map(Tally::broken).forEach(faults::addAll);
        int ended = sockets.ended() + calls.ended();
        if (ended > 0 && !event.endsProxies()) {
            faults.add(ended + " conversations were ended although no proxy went");
        }
        return faults;
    }

    /**
     * Its row of {@link Page}.
     *
     * @param always whether {@code .ci/run} has it happen
     */
    String row(boolean always) {
        var cells = new ArrayList<String>();
        cells.add(event.name());
        figures.forEach(each -> cells.add("%,d · **%d** · %d ms"
                .formatted(each.requests(), each.failed(), each.p99().toMillis())));
        cells.add(ends(sockets));
        cells.add(ends(calls));
        cells.add(always ? "yes" : "");
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String ends(Tally tally) {
        return "%d · **%d**".formatted(tally.ended(), tally.broken().size());
    }
}
