package dev.portico.operator.compile;

import dev.portico.routetable.HostPattern;

/** A server name on a listener of a data plane. */
record CertificateKey(String dataPlane, String listener, HostPattern name) {}
