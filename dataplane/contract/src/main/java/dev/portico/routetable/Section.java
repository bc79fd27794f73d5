package dev.portico.routetable;

/** A part of a table that is pushed, replaced and hashed as a whole. Its key names it within the table. */
public sealed interface Section permits Listener, VirtualHost, Upstream, Endpoints, Certificate {
    String key();
}
