package dev.portico.routetable;

/**
 * Answers by itself, where a route cannot be carried out as written.
 *
 * @param reason goes to the access log, never to the client
 */
public record Respond(int statusCode, String reason) implements Action {
    public Respond {
        Check.range("statusCode", statusCode, 200, 599);
    }
}
