package dev.portico.proxy.tls;

/** A certificate cannot serve; the message says why and never holds any of its key. */
final class UnusableException extends Exception {
    UnusableException(String message) {
        super(message);
    }
}
