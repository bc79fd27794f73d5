/**
 * The API server of a run without a cluster: kubernetes-server-mock, in this process, on loopback.
 *
 * <p>It stores and tells, and judges nothing: no schema, no defaults, no pruning, no server-side apply. Objects come here
 * after the offline checker has completed and accepted them. Objects of the folder are written past HTTP, so that they
 * carry the age that they have; the operator talks to it as to any cluster.
 */
@NullMarked
package dev.portico.standalone.api;

import org.jspecify.annotations.NullMarked;
