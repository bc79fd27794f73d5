/**
 * Makes what goes into the images: a runtime of Java without an operating system around it, and each program with its
 * libraries, unpacked natives and an archive of its classes.
 *
 * <p>Layers, manifests and tars are Jib's. What is here needs the JDK of the build and so cannot run in Maven's own.
 */
@NullMarked
package dev.portico.images;

import org.jspecify.annotations.NullMarked;
