package dev.portico.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a data plane says of a push, or when asked for its state. */
public sealed interface Answer {
    /** The version that serves now; 0 where none does. */
    long version();

    /** The highest term that was seen. */
    long term();

    /** The root of the table that serves now. */
    String root();

    /**
     * The table serves. What could not be carried out in it costs only itself and is named.
     *
     * @param words the tags that this data plane reads
     * @param listeners an outcome for each listener of the table
     * @param certificates an outcome for each certificate of the table that TLS refused
     */
    record Ack(
            long version,
            long term,
            String root,
            List<String> words,
            List<Outcome> listeners,
            List<Outcome> certificates)
            implements Answer {
        public Ack {
            words = List.copyOf(words);
            listeners = List.copyOf(listeners);
            certificates = List.copyOf(certificates);
        }
    }

    /** The push was refused as a whole; what served before serves on. */
    record Nack(long version, long term, String root, Reason reason, String message) implements Answer {}

    /** How a part of the table fared; without a problem it works. */
    record Outcome(String id, @Nullable String problem) {}

    /** Why a push was refused. */
    enum Reason {
        /** Written by a newer release: the message names the word. */
        UNKNOWN_WORD,
        /** The result does not have the root that was announced. */
        BROKEN_HASH,
        /** From a leader that has been replaced, or older than what serves. */
        OLDER_TERM,
        /** A difference to a table that is not here: send all. */
        MISSING_BASE,
        /** For another data plane. */
        WRONG_DATA_PLANE,
        /** Not readable. */
        MALFORMED,
        /** Readable, and could not be put to use: the message says why. */
        FAILED
    }
}
