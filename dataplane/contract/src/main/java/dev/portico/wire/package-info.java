/**
 * How the words travel: encoding, hashes, and the two messages between operator and data plane.
 *
 * <p>The only place with tags ({@link Tags}) and a format version ({@link PushCodec#FORMAT}). A section is one line of
 * JSON whose form is derived from its record: components by name, sealed types by tag, absent for null, empty and
 * zero. So a new component travels only where a user uses it, and a reader that does not know it says so
 * ({@link UnknownWordException}) instead of skipping it. Who may push is decided elsewhere; here it is decided what is
 * readable.
 */
@NullMarked
package dev.portico.wire;

import org.jspecify.annotations.NullMarked;
