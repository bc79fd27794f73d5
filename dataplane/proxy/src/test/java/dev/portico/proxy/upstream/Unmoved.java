package dev.portico.proxy.upstream;

import java.util.function.Predicate;

/** Whether a figure is what it was when it was looked at last, and more than nothing. */
final class Unmoved implements Predicate<Long> {
    private long before = -1;

    @Override
    public boolean test(Long now) {
        boolean same = now == before && now > 0;
        before = now;
        return same;
    }
}
