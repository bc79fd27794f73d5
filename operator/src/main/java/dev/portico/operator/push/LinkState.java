package dev.portico.operator.push;

import dev.portico.wire.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a replica stands.
 *
 * @param version the newest version that it serves whole; 0 if none of this operator's is
 * @param ack what it said of the table that it serves
 * @param refusal why it refused a newer table
 * @param trouble why it is not reached
 */
public record LinkState(
        Replica replica,
        long version,
        Answer.@Nullable Ack ack,
        Answer.@Nullable Nack refusal,
        @Nullable String trouble) {
    static LinkState unknown(Replica replica) {
        return new LinkState(replica, 0, null, null, null);
    }

    /** Why the newest table does not serve there, for a message; null if nothing is known against it. */
    public @Nullable String obstacle() {
        if (refusal != null) {
            return replica.name() + ": " + refusal.reason() + ": " + refusal.message();
        }
        return trouble == null ? null : replica.name() + ": " + trouble;
    }

    /** What became of the listeners of the table that it serves. */
    public List<Answer.Outcome> listeners() {
        return ack == null ? List.of() : ack.listeners();
    }

    public List<Answer.Outcome> certificates() {
        return ack == null ? List.of() : ack.certificates();
    }
}
