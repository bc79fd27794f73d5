/**
 * Which operator leads, and in which term: a campaign over one Lease.
 *
 * <p>Losing the Lease, or the API server, ends leadership and never the process: the campaign goes on. A term only
 * grows; what a pod claims to have seen is believed within {@link Terms#MAX_LEAP}, so that one pod cannot use all
 * terms up. How the Lease is read and written is the business of {@code watch}.
 */
@NullMarked
package dev.portico.operator.term;

import org.jspecify.annotations.NullMarked;
