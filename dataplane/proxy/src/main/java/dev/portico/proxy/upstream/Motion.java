package dev.portico.proxy.upstream;

/**
 * Since when nothing has moved in what a connection carries. Times begin at the sweep's next look, so that no request
 * reads the clock: they are late by as much as that, never early.
 */
final class Motion {
    private boolean begun;
    private boolean moved;
    private boolean resumed;
    private long begunAt;
    private long movedAt;
    private long flowedAt;

    /** Another request begins. */
    void begins() {
        begun = true;
        moved = true;
    }

    /** Something was sent, or came. */
    void moves() {
        moved = true;
    }

    /** The response goes on that was paused. */
    void resumes() {
        resumed = true;
    }

    /** @param paused whether the response is paused at this moment */
    void look(long now, boolean paused) {
        if (moved) {
            movedAt = now;
            moved = false;
        }
        if (begun || resumed || !paused) {
            flowedAt = now;
            resumed = false;
        }
        if (begun) {
            begunAt = now;
            begun = false;
        }
    }

    /** For how long nothing has moved at all, in nanoseconds as of the last look. */
    long still(long now) {
        return now - movedAt;
    }

    /** How long the request has lasted. */
    long lasted(long now) {
        return now - begunAt;
    }

    /** For how long the response has been paused. */
    long paused(long now) {
        return now - flowedAt;
    }
}
