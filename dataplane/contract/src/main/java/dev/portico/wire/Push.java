package dev.portico.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table on its way to a data plane, whole or as the difference to one that the data plane has.
 *
 * @param dataPlane the id of the data plane it is for; any other refuses it
 * @param term the leader's term; older ones are refused
 * @param version counts the leader's pushes within its term
 * @param base the root of the table that this is the difference to; absent: this is the whole table
 * @param root the root of the table that results
 * @param put sections that are new or changed
 * @param remove keys of sections that go
 */
public record Push(
        String dataPlane,
        long term,
        long version,
        @Nullable String base,
        String root,
        List<EncodedSection> put,
        List<String> remove) {
    public Push {
        put = List.copyOf(put);
        remove = List.copyOf(remove);
    }
}
