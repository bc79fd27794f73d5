/**
 * The process of a data plane: {@link dev.portico.proxy.Main} builds the graph on one screen.
 *
 * <p>{@link dev.portico.proxy.ProxyConfig} is all that can be configured from outside; whatever concerns traffic comes
 * as a route table. {@link dev.portico.proxy.StartupChecks} refuses to run with Netty's safety switched off.
 */
@NullMarked
package dev.portico.proxy;

import org.jspecify.annotations.NullMarked;
