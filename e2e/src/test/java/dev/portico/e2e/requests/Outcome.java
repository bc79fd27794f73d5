package dev.portico.e2e.requests;

import org.jspecify.annotations.Nullable;

/** How a request ends. */
public sealed interface Outcome {
    /** An answer; of the data plane itself where no service is named. */
    record Answered(int status, @Nullable String service) implements Outcome {
        @Override
        public String toString() {
            return service == null ? Integer.toString(status) : status + " " + service;
        }
    }

    /** The end of a call of gRPC; by the data plane itself where no service is named. */
    record Called(GrpcCode code, @Nullable String service) implements Outcome {
        @Override
        public String toString() {
            return service == null ? code.name() : code + " " + service;
        }
    }

    /** No answer. */
    record Closed() implements Outcome {
        @Override
        public String toString() {
            return "connection closed";
        }
    }
}
