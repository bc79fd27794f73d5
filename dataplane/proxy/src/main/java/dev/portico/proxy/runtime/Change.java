package dev.portico.proxy.runtime;

import dev.portico.routetable.Section;
import java.util.List;

/**
 * What makes a table out of its predecessor.
 *
 * @param gone sections that are no more, and the former state of those that changed
 * @param put sections that are new, and the new state of those that changed
 */
public record Change(List<Section> gone, List<Section> put) {
    public Change {
        gone = List.copyOf(gone);
        put = List.copyOf(put);
    }
}
