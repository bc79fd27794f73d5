package dev.portico.operator.compile;

import dev.portico.operator.model.ObjectRef;

/** A Secret's certificate in a data plane. */
record SecretKey(String dataPlane, ObjectRef secret) {}
