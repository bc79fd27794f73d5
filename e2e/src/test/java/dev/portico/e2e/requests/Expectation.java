package dev.portico.e2e.requests;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the outcomes of an ask, in their order, must be. */
public sealed interface Expectation {
    /** What is wrong with them, if anything. */
    Optional<String> refuse(List<Outcome> outcomes);

    /** First so many of the one, then so many of the next. */
    record InOrder(List<Times> steps) implements Expectation {
        public InOrder {
            steps = List.copyOf(steps);
        }

        @Override
        public Optional<String> refuse(List<Outcome> outcomes) {
            var expected = new ArrayList<Outcome>();
            steps.forEach(step -> expected.addAll(java.util.Collections.nCopies(step.times(), step.outcome())));
            return outcomes.equals(expected)
                    ? Optional.empty()
                    : Optional.of("got " + runs(outcomes) + ", expected " + runs(expected));
        }

        private static List<Times> runs(List<Outcome> outcomes) {
            var runs = new ArrayList<Times>();
            for (Outcome outcome : outcomes) {
                if (!runs.isEmpty() && runs.getLast().outcome().equals(outcome)) {
                    runs.add(new Times(runs.removeLast().times() + 1, outcome));
                } else {
                    runs.add(new Times(1, outcome));
                }
            }
            return runs;
        }
    }

    /** Each its share, in any order. */
    record Shares(List<Share> shares) implements Expectation {
        public Shares {
            shares = List.copyOf(shares);
        }

        @Override
        public Optional<String> refuse(List<Outcome> outcomes) {
            long known = 0;
            for (Share share : shares) {
                long count = outcomes.stream().filter(share.outcome()::equals).count();
                known += count;
                double percent = 100.0 * count / outcomes.size();
                if (Math.abs(percent - share.percent()) > share.tolerance()) {
                    return Optional.of("got " + percent + " % of " + share.outcome() + ", expected " + share);
                }
            }
            List<Outcome> others = outcomes.stream()
                    .filter(outcome ->
                            shares.stream().noneMatch(share -> share.outcome().equals(outcome)))
                    .distinct()
                    .toList();
            return known == outcomes.size() ? Optional.empty() : Optional.of("also got " + others);
        }
    }

    /** A run of equal outcomes. */
    record Times(int times, Outcome outcome) {
        @Override
        public String toString() {
            return times + " times " + outcome;
        }
    }

    /** A share of the outcomes, in percent. */
    record Share(int percent, int tolerance, Outcome outcome) {
        @Override
        public String toString() {
            return percent + "±" + tolerance + " % " + outcome;
        }
    }
}
