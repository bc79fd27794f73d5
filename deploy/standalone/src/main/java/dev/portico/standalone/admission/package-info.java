/**
 * Takes or refuses the objects of a folder as an API server would: what the offline checker refuses does not come in, and
 * what came in before in its place stays.
 */
@NullMarked
package dev.portico.standalone.admission;

import org.jspecify.annotations.NullMarked;
