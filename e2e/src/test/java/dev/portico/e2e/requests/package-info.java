/**
 * What a case asks and expects: the strict reader of {@code requests.txt} (docs/decisions/cases-grammar.md).
 *
 * <p>It reads text into {@link dev.portico.e2e.requests.Ask}s and refuses everything it does not know, naming the
 * line. It sends nothing; whoever asks, at whatever depth, takes these records.
 */
@NullMarked
package dev.portico.e2e.requests;

import org.jspecify.annotations.NullMarked;
