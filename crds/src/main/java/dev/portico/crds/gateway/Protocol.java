package dev.portico.crds.gateway;

/** What a listener speaks. */
public enum Protocol {
    HTTP,
    HTTPS
}
