package dev.portico.routetable;

/** What ends a route. */
public sealed interface Action permits Forward, Redirect, Respond {}
