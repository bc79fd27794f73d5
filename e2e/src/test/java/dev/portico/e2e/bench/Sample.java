package dev.portico.e2e.bench;

/**
 * What one contender gave in one round.
 *
 * @param cost microseconds of its processor time per unit
 * @param compilation the share of {@code cost} that went to the JVM's compiler
 * @param rate units per second
 */
record Sample(double cost, double compilation, double rate) {}
