/**
 * Reads a folder of YAML and JSON and says when it changes: which objects it holds, from which file and line each came,
 * and what cannot be read.
 *
 * <p>It knows syntax and the identity of objects (group, kind, namespace, name), not their meaning: whether an object is
 * valid is for {@code dev.portico.crds} and the operator to say. What can no longer be read keeps the objects that it
 * held before.
 */
@NullMarked
package dev.portico.standalone.folder;

import org.jspecify.annotations.NullMarked;
