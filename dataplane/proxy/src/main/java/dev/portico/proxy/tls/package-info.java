/**
 * TLS. Towards clients: which certificate answers which name, and the handshake.
 *
 * <p>A {@link dev.portico.proxy.tls.TlsTable} belongs to one table and keeps whatever did not change from the one
 * before. Certificates are checked here, one by one, when a table is loaded: what cannot serve is named and costs only
 * itself. The name of a ClientHello is looked up exactly as the host of a request is; where nothing answers it the
 * handshake is refused, so that no client is ever shown another tenant's certificate. Whether a certificate has
 * expired or names the right hosts is the operator's business; what is said inside TLS is {@code http1}'s and
 * {@code http2}'s.
 *
 * <p>{@link dev.portico.proxy.tls.UpstreamHops} is TLS towards endpoints, whose names are verified by
 * {@link dev.portico.proxy.tls.Trust}; sessions are not resumed there.
 *
 * <p>A client that comes back resumes its session by a ticket, without a signature of ours. What was agreed on one
 * listener, for one name, under one certificate and policy is resumed only there: see
 * {@link dev.portico.proxy.tls.BoringSslContext}. A context outlives the tables that do not change it, and so do its
 * sessions; other replicas and the next process do not know them, where a client then makes a full handshake. Early
 * data (0-RTT) is never accepted: it can be replayed.
 */
@NullMarked
package dev.portico.proxy.tls;

import org.jspecify.annotations.NullMarked;
