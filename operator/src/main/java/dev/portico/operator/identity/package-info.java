/**
 * Who may push to whom: a small certificate authority and the certificates that operator and data planes show each other.
 *
 * <p>Data planes get server certificates that name the data plane, the operator gets a client certificate; neither can
 * be used in the other's place, so no pod can push to another. Where the authority is kept is the business of
 * {@code watch} (a Secret), how certificates are checked on a connection is the business of {@code push}. PEM that
 * comes back from outside is validated here, in {@link Pem} and {@link Authority#read}.
 */
@NullMarked
package dev.portico.operator.identity;

import org.jspecify.annotations.NullMarked;
