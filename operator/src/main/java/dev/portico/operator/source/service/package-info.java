/**
 * Reads Services and their EndpointSlices: which ports there are, and which addresses serve.
 *
 * <p>Readiness is Kubernetes' word; nothing is probed here. Addresses that would reach the data plane's own machine are
 * refused here.
 */
@NullMarked
package dev.portico.operator.source.service;

import org.jspecify.annotations.NullMarked;
