/**
 * The API of the user: what all kinds of {@code portico.dev/v1alpha1} share.
 *
 * <p>Only declarations. Types, bounds and rules stand on the records as annotations, from which the CRDs are generated;
 * the API server (or {@code dev.portico.crds.check} where there is none) holds objects against them before anybody
 * reads a record. What takes more than one object to judge is the business of the operator.
 */
@NullMarked
package dev.portico.crds;

import org.jspecify.annotations.NullMarked;
