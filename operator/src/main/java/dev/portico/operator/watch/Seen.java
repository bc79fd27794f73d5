package dev.portico.operator.watch;

import dev.portico.operator.model.ClusterState;

/**
 * What the loop fetches from the world.
 *
 * @param objects whether anything changed that only compile can judge
 * @param slices whether endpoints changed
 * @param pods whether a pod of a data plane changed
 * @param answers whether a data plane answered, or leadership changed
 */
public record Seen(ClusterState state, boolean objects, boolean slices, boolean pods, boolean answers) {}
