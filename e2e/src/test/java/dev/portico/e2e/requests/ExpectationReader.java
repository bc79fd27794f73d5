package dev.portico.e2e.requests;

import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what stands behind the arrow. */
final class ExpectationReader {
    private static final Pattern STEP = Pattern.compile("([0-9]+) times (.+)");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3})±([0-9]{1,2}) % (.+)");
    private static final Pattern ANSWERED = Pattern.compile("([1-5][0-9]{2})(?: ([a-z0-9]([-a-z0-9]*[a-z0-9])?))?");
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

    private ExpectationReader() {}

    static Expectation read(int times, String text) {
        if (text.contains("%")) {
            return shares(times, text);
        }
        if (text.contains(" times ")) {
            return steps(times, text);
        }
        return new Expectation.InOrder(java.util.List.of(new Expectation.Times(times, outcome(text))));
    }

    private static Expectation shares(int times, String text) {
        var shares = new ArrayList<Expectation.Share>();
        for (String part : text.split(", ")) {
            Matcher share = SHARE.matcher(part);
            if (!share.matches()) {
                throw new IllegalArgumentException("share '" + part + "' is not 'P±T % outcome'");
            }
            String what = share.group(3);
            Outcome outcome = SERVICE.matcher(what).matches() ? new Outcome.Answered(200, what) : outcome(what);
            shares.add(
                    new Expectation.Share(Integer.parseInt(share.group(1)), Integer.parseInt(share.group(2)), outcome));
        }
        int sum = shares.stream().mapToInt(Expectation.Share::percent).sum();
        if (sum != 100 || times == 1) {
            throw new IllegalArgumentException(
                    "shares of x" + times + " add up to " + sum + " %, expected 100 % of a repetition");
        }
        return new Expectation.Shares(shares);
    }

    private static Expectation steps(int times, String text) {
        var steps = new ArrayList<Expectation.Times>();
        for (String part : text.split(", then ")) {
            Matcher step = STEP.matcher(part);
            if (!step.matches()) {
                throw new IllegalArgumentException("step '" + part + "' is not 'N times outcome'");
            }
            steps.add(new Expectation.Times(Integer.parseInt(step.group(1)), outcome(step.group(2))));
        }
        int sum = steps.stream().mapToInt(Expectation.Times::times).sum();
        if (sum != times) {
            throw new IllegalArgumentException("steps add up to " + sum + ", expected x" + times);
        }
        return new Expectation.InOrder(steps);
    }

    private static Outcome outcome(String text) {
        if (text.equals("connection closed")) {
            return new Outcome.Closed();
        }
        Matcher answered = ANSWERED.matcher(text);
        if (!answered.matches()) {
            throw new IllegalArgumentException(
                    "outcome '" + text + "' is not 'STATUS', 'STATUS SERVICE' or 'connection closed'");
        }
        return new Outcome.Answered(Integer.parseInt(answered.group(1)), answered.group(2));
    }
}
