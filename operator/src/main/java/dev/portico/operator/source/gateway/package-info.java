/**
 * Reads the Gateway of {@code portico.dev} into declarations.
 *
 * <p>The schema was checked before, at apply or by the offline checker; what it cannot say of one object is judged here,
 * what takes several objects by {@code compile}.
 */
@NullMarked
package dev.portico.operator.source.gateway;

import org.jspecify.annotations.NullMarked;
