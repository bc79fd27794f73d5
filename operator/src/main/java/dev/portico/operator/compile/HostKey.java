package dev.portico.operator.compile;

import dev.portico.operator.model.ObjectRef;
import dev.portico.routetable.HostPattern;

/** The hosts of a pattern at a Gateway: what becomes one virtual host, or several where its listeners differ. */
record HostKey(ObjectRef gateway, HostPattern host) {}
