/**
 * Answers for Services that nobody runs: a server on loopback for each, which says in JSON what it was asked.
 *
 * <p>Which Services need one is decided by who reads the folder.
 */
@NullMarked
package dev.portico.standalone.echo;

import org.jspecify.annotations.NullMarked;
