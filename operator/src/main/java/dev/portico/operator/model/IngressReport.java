package dev.portico.operator.model;

/** An Ingress that is ours: the Gateway it is attached to and the data plane whose addresses are its own. */
public record IngressReport(Origin origin, ObjectRef gateway, String dataPlane) {}
