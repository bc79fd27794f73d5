/**
 * Reads TLS Secrets: PEM in, a chain in order and a PKCS #8 key out.
 *
 * <p>Keys with which TLS never serves are refused here; whether the certificate is expired is judged by {@code compile},
 * which knows the time, and whether TLS accepts it, by the data plane.
 */
@NullMarked
package dev.portico.operator.source.secret;

import org.jspecify.annotations.NullMarked;
