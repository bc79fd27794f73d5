/**
 * The corpus on disk: what a case is made of ({@link dev.portico.e2e.cases.Case}), which made-up addresses its Services
 * have, and how goldens are written and read.
 *
 * <p>It knows files and YAML. What a request line means is the business of {@code requests}; what is done with a case at
 * each depth is the business of the tests in {@code dev.portico.e2e}.
 */
@NullMarked
package dev.portico.e2e.cases;

import org.jspecify.annotations.NullMarked;
