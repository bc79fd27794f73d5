/**
 * WebSocket implementations that know nothing of each other, as clients and as servers of a data plane: what one says
 * must reach the other unchanged.
 */
@NullMarked
package dev.portico.e2e.websocket;

import org.jspecify.annotations.NullMarked;
