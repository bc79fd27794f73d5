package dev.portico.routetable;

/** A port on which the data plane accepts clients. */
public sealed interface Listener extends Section permits HttpListener {
    /** Unique in the table and stable as long as the port is: state of the listener hangs on it. */
    String id();

    /** The port to bind, 1 to 65535. */
    int port();

    @Override
    default String key() {
        return "listener/" + id();
    }
}
