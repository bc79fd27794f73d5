package dev.portico.e2e.requests;

import java.util.Arrays;

/** How a call of gRPC ends. */
public enum GrpcCode {
    OK(0),
    CANCELLED(1),
    UNKNOWN(2),
    INVALID_ARGUMENT(3),
    DEADLINE_EXCEEDED(4),
    NOT_FOUND(5),
    ALREADY_EXISTS(6),
    PERMISSION_DENIED(7),
    RESOURCE_EXHAUSTED(8),
    FAILED_PRECONDITION(9),
    ABORTED(10),
    OUT_OF_RANGE(11),
    UNIMPLEMENTED(12),
    INTERNAL(13),
    UNAVAILABLE(14),
    DATA_LOSS(15),
    UNAUTHENTICATED(16);

    private final String number;

    GrpcCode(int number) {
        this.number = Integer.toString(number);
    }

    /** What it is on the wire, as {@code grpc-status}. */
    public String number() {
        return number;
    }

    /** The one of this number on the wire. */
    public static GrpcCode numbered(String number) {
        return Arrays.stream(values())
                .filter(code -> code.number.equals(number))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + number + "' is the number of no code of gRPC"));
    }

    static GrpcCode named(String name) {
        return Arrays.stream(values())
                .filter(code -> code.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is no code of gRPC, expected one of " + Arrays.toString(values())));
    }
}
