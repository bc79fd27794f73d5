package dev.portico.routetable;

/** How an endpoint is chosen. */
public sealed interface Balancer permits Balancer.RoundRobin {
    /** Each in turn. */
    record RoundRobin() implements Balancer {}
}
