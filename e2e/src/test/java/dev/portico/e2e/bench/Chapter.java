package dev.portico.e2e.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one scenario says on the page of results.
 *
 * @param row its line of the table that begins the page
 */
record Chapter(String name, String title, @Nullable String row, String text) {}
