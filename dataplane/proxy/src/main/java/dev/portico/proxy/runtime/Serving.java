package dev.portico.proxy.runtime;

/** The table that serves. */
public final class Serving {
    private volatile Table table = Table.EMPTY;

    public Table table() {
        return table;
    }

    /** From here on new requests see the table, all at once; those that have begun end on theirs. */
    public void swap(Table next) {
        table = next;
    }
}
