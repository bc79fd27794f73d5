/**
 * TLS towards clients: which certificate answers which name, and the handshake.
 *
 * <p>A {@link dev.portico.proxy.tls.TlsTable} belongs to one table and keeps whatever did not change from the one
 * before. Certificates are checked here, one by one, when a table is loaded: what cannot serve is named and costs only
 * itself. The name of a ClientHello is looked up exactly as the host of a request is; where nothing answers it the
 * handshake is refused, so that no client is ever shown another tenant's certificate. Whether a certificate has
 * expired or names the right hosts is the operator's business; what is said inside TLS is {@code http1}'s and
 * {@code http2}'s.
 *
 * <p>Sessions are not resumed in BoringSSL: every handshake is a full one, so nothing that was agreed under one
 * certificate or listener can be carried to another. The JDK's tickets live in a context, which is one certificate's
 * on one listener.
 */
@NullMarked
package dev.portico.proxy.tls;

import org.jspecify.annotations.NullMarked;
