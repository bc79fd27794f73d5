package dev.portico.e2e.requests;

import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what stands behind the arrow. */
final class ExpectationReader {
    private static final Pattern STEP = Pattern.compile("([0-9]+) times (.+)");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3})±([0-9]{1,2}) % (.+)");
    private static final Pattern ANSWERED = Pattern.compile("([1-5][0-9]{2})(?: ([a-z0-9]([-a-z0-9]*[a-z0-9])?))?");
    private static final Pattern CALLED = Pattern.compile("([A-Z_]+)(?: ([a-z0-9]([-a-z0-9]*[a-z0-9])?))?");
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

    private final boolean call;

    private ExpectationReader(boolean call) {
        this.call = call;
    }

    /** @param call whether outcomes are those of gRPC */
    static Expectation read(int times, String text, boolean call) {
        var reader = new ExpectationReader(call);
        if (text.contains("%")) {
            return reader.shares(times, text);
        }
        if (text.contains(" times ")) {
            return reader.steps(times, text);
        }
        return new Expectation.InOrder(java.util.List.of(new Expectation.Times(times, reader.outcome(text))));
    }

    private Expectation shares(int times, String text) {
        var shares = new ArrayList<Expectation.Share>();
        for (String part : text.split(", ")) {
            Matcher share = SHARE.matcher(part);
            if (!share.matches()) {
                throw new IllegalArgumentException("share '" + part + "' is not 'P±T % outcome'");
            }
            String what = share.group(3);
            Outcome outcome = SERVICE.matcher(what).matches()
                    ? call ? new Outcome.Called(GrpcCode.OK, what) : new Outcome.Answered(200, what)
                    : outcome(what);
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

    private Expectation steps(int times, String text) {
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

    private Outcome outcome(String text) {
        if (text.equals("connection closed")) {
            return new Outcome.Closed();
        }
        return call ? called(text) : answered(text);
    }

    private static Outcome called(String text) {
        Matcher called = CALLED.matcher(text);
        if (!called.matches()) {
            throw new IllegalArgumentException(
                    "outcome '" + text + "' is not 'CODE', 'CODE SERVICE' or 'connection closed'");
        }
        return new Outcome.Called(GrpcCode.named(called.group(1)), called.group(2));
    }

    private static Outcome answered(String text) {
        Matcher answered = ANSWERED.matcher(text);
        if (!answered.matches()) {
            throw new IllegalArgumentException(
                    "outcome '" + text + "' is not 'STATUS', 'STATUS SERVICE' or 'connection closed'");
        }
        return new Outcome.Answered(Integer.parseInt(answered.group(1)), answered.group(2));
    }
}
