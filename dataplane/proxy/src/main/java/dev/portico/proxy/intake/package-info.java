/**
 * Takes tables from the operator: {@link dev.portico.proxy.intake.ConfigServer} receives,
 * {@link dev.portico.proxy.intake.Intake} decides and applies, {@link dev.portico.proxy.intake.LastKnownGood} remembers.
 *
 * <p>A push is taken as a whole or refused as a whole; what was loaded serves on. Only who holds a certificate of the
 * operator may push: TLS and {@link dev.portico.proxy.intake.OperatorOnly} see to that. The form of a push is checked by
 * {@code dev.portico.wire}; what its words mean by {@code runtime}. Nothing of this happens on an event loop.
 */
@NullMarked
package dev.portico.proxy.intake;

import org.jspecify.annotations.NullMarked;
