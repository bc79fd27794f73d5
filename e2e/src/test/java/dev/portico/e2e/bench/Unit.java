package dev.portico.e2e.bench;

/** What is paid for, and how many of them a request carries. */
record Unit(String name, int perRequest) {}
