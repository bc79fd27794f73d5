/**
 * Turns the world into one route table for each data plane and one report for each object.
 *
 * <p>{@link dev.portico.operator.compile.Compiler} runs these passes, each over what changed and no more:
 *
 * <ol>
 *   <li>{@code World} reads the objects that changed into declarations;
 *   <li>{@code Policies} says what is aimed at what, {@code BackendPolicies} what is spoken to which Service,
 *       {@code Ports} who has which port, {@code Classes} which Ingresses
 *       are ours;
 *   <li>{@code GatewayUnit} and {@code IngressUnit} attach one object each, {@code Backends} finds its Services;
 *   <li>{@code HostRoutes} gives every path of a host to the first who wants it, {@code Names} every server name,
 *       {@code Upstreams} makes an upstream of every Service port in use and reads its endpoints;
 *   <li>{@code Tables} puts the sections where they belong, {@code GatewayReports}, {@code PolicyReports} and
 *       {@code BackendPolicyReports} say what users are told.
 * </ol>
 *
 * <p>Pure: the same world gives the same result, whatever was compiled before; there is no clock, random, input, output
 * or logging here. It never fails for what a user wrote: that is a {@link dev.portico.operator.model.Problem} on the
 * object that said it. What is kept between two runs changes only the time that a run takes. What objects say is read
 * by {@code source}; sending tables and writing status is the business of {@code push} and {@code status}.
 */
@NullMarked
package dev.portico.operator.compile;

import org.jspecify.annotations.NullMarked;
