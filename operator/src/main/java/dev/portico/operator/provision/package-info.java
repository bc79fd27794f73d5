/**
 * Makes the data plane of each Gateway in the cluster, and keeps it as the Gateway says.
 *
 * <p>{@link dev.portico.operator.provision.Children} is the pure part: a Gateway and the settings of this installation
 * in, the objects out. The {@link dev.portico.operator.provision.Provisioner} runs the reconcilers that apply them while
 * this process leads, and tells what the API server refuses; it writes no status: that is the business of {@code status}.
 * Nothing is deleted with a Gateway, for everything is owned by it. Whether a Gateway is sound is the business of
 * {@code compile}; what its pods serve is pushed to them by {@code push}.
 */
@NullMarked
package dev.portico.operator.provision;

import org.jspecify.annotations.NullMarked;
