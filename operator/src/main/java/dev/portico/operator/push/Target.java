package dev.portico.operator.push;

import dev.portico.operator.compile.Table;

/** What a data plane shall serve: the newest table, its number and the term of the leader that says so. */
public record Target(long term, long version, Table table) {}
