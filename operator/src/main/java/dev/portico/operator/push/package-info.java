/**
 * Brings the newest table to every replica of a data plane and tells what became of it.
 *
 * <p>Each replica has a {@link dev.portico.operator.push.Link} of its own: one connection, one pending table, one
 * thread; a stuck one delays no other. What tables contain is the business of {@code compile}, which replicas exist that
 * of {@code watch}, and what users are told that of {@code status}. The other side is verified here: its certificate
 * must come from Portico's authority and name the data plane.
 */
@NullMarked
package dev.portico.operator.push;

import org.jspecify.annotations.NullMarked;
