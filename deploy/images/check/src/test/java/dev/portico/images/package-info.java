/** Runs what is in the tars as a container would: as the user, on the read-only root and by the entrypoint that they name. */
@NullMarked
package dev.portico.images;

import org.jspecify.annotations.NullMarked;
