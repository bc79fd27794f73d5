package dev.portico.operator.identity;

import java.io.IOException;
import java.time.Instant;

/** Where the authority is kept: whoever comes first makes it, or renews it in time; all others read it. */
public interface AuthorityStore {
    Authority readOrCreate(Instant now) throws IOException;
}
