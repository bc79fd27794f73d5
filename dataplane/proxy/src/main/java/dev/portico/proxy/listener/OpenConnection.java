package dev.portico.proxy.listener;

import io.netty.channel.Channel;

/** A client's connection and how it is asked to end. Belongs to one event loop. */
final class OpenConnection {
    private final String listener;
    private final Channel channel;
    private Ending ending = OpenConnection::closeAtOnce;

    /** How a protocol ends a connection. */
    @FunctionalInterface
    interface Ending {
        /** @param channel the connection
         * @param now false: soon, without cutting anything off; true: as soon as no request runs */
        void end(Channel channel, boolean now);
    }

    OpenConnection(String listener, Channel channel) {
        this.listener = listener;
        this.channel = channel;
    }

    String listener() {
        return listener;
    }

    void speaks(Ending protocol) {
        ending = protocol;
    }

    void end(boolean now) {
        ending.end(channel, now);
    }

    /** It has not said a word yet. */
    private static void closeAtOnce(Channel channel, boolean now) {
        if (now) {
            var _ = channel.close();
        }
    }
}
