/**
 * The words that operator and data plane share: a {@link RouteTable} and everything it is made of.
 *
 * <p>Only declarations, immutable, checked when made, and nothing but the JDK beneath them. How they travel is
 * the business of {@code dev.portico.wire}; what a user wrote to get them is the business of the operator; how they
 * are carried out is the business of the proxy. A {@code switch} over a sealed type of this package has no
 * {@code default}: a new word makes javac name every place that must learn it.
 */
@NullMarked
package dev.portico.routetable;

import org.jspecify.annotations.NullMarked;
