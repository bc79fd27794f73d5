/**
 * Chooses endpoints: {@link Balancers} is the table of contents from the word to the algorithm.
 *
 * <p>Which requests go to an upstream at all, and what happens when an endpoint fails, is the pipeline's business.
 * Addresses were checked by the operator. What an algorithm remembers lives in {@code KeyedState}, by the upstream's id,
 * so that neither a new table nor a new set of endpoints begins from the first endpoint again.
 */
@NullMarked
package dev.portico.proxy.balance;

import org.jspecify.annotations.NullMarked;
