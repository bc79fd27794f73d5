/**
 * Reads one document of YAML as Kubernetes does, and remembers on which line everything stood.
 *
 * <p>Refused here: what is no YAML, a key twice in one mapping, documents that grow without bound by their aliases. What
 * the values mean is not known here.
 */
@NullMarked
package dev.portico.standalone.yaml;

import org.jspecify.annotations.NullMarked;
