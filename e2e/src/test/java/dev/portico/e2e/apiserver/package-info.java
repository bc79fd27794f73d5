/**
 * The third depth: a real API server holds the schemas, and the operator reconciles the corpus there, with pods that
 * answer pushes and serve nothing. Any cluster of KUBECONFIG will do; {@code e2e/cluster/run up --api} makes one.
 *
 * <p>Only {@code mvn verify -Papi-server} runs it.
 */
@NullMarked
package dev.portico.e2e.apiserver;

import org.jspecify.annotations.NullMarked;
