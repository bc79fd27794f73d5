/**
 * Does offline what an API server does with an object that is applied: defaults, unknown fields, types and bounds, lists
 * that are maps or sets, and the rules of our own kinds in CEL; for the standard kinds that Portico reads, the checks
 * that its users meet. The messages are the API server's.
 *
 * <p>One object at a time: what takes a second one to judge (references, conflicts) is the business of the operator. Not
 * here: the cost of rules, which only a real API server knows, and immutable fields, for there is no former object.
 */
@NullMarked
package dev.portico.crds.check;

import org.jspecify.annotations.NullMarked;
