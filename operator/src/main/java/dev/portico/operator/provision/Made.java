package dev.portico.operator.provision;

/**
 * What became of a data plane.
 *
 * @param generation which one of its Gateway it is about
 * @param why it is not done, in the API server's words where that refuses it
 */
public record Made(long generation, State state, String why) {
    static Made done(long generation) {
        return new Made(generation, State.DONE, "");
    }

    static Made awaited(long generation, String why) {
        return new Made(generation, State.AWAITED, why);
    }

    static Made refused(long generation, String why) {
        return new Made(generation, State.REFUSED, why);
    }

    /** How it stands. */
    public enum State {
        /** It is as the Gateway says. */
        DONE,
        /** Nobody refuses it, but it is not done yet. */
        AWAITED,
        /** The API server refuses an object of it, or the pods. */
        REFUSED
    }
}
