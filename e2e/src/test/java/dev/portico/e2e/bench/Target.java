package dev.portico.e2e.bench;

/** Where load goes: a listener of a contender, and how many prefixes it serves. */
record Target(String url, int port, int prefixes) {}
