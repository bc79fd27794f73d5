@NullMarked
package dev.portico.proxy.body;

import org.jspecify.annotations.NullMarked;
