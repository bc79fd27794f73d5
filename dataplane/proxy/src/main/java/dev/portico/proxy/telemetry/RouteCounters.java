package dev.portico.proxy.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What one event loop counts of routes, by the numbers of their series. In arrays of many: of thousands of routes none
 * stays in the cache, so that a request waits for each object that it has to fetch for its own.
 */
final class RouteCounters {
    /** In front, so that it mostly shares a line of the cache with the class that is frequent. */
    private static final int DURATION = 0;

    private static final int CLASSES = 1;
    private static final int WIDTH = CLASSES + LoopCounters.CLASSES;
    /** Series in an array: a loop that sees few routes makes few. */
    private static final int PAGE = 256;

    private final AtomicReferenceArray<AtomicLongArray> pages;

    RouteCounters(int series) {
        pages = new AtomicReferenceArray<>((series + PAGE - 1) / PAGE);
    }

    void record(int series, int statusClass, long nanos) {
        AtomicLongArray page = pages.getPlain(series / PAGE);
        if (page == null) {
            page = new AtomicLongArray(PAGE * WIDTH);
            pages.setRelease(series / PAGE, page);
        }
        int at = series % PAGE * WIDTH;
        add(page, at + CLASSES + statusClass, 1);
        add(page, at + DURATION, nanos);
    }

    private static void add(AtomicLongArray page, int at, long more) {
        page.setOpaque(at, page.getPlain(at) + more);
    }

    /** Of all classes. */
    long requests(int series) {
        long sum = 0;
        for (int statusClass = 0; statusClass < LoopCounters.CLASSES; statusClass++) {
            sum += requests(series, statusClass);
        }
        return sum;
    }

    long requests(int series, int statusClass) {
        return get(series, CLASSES + statusClass);
    }

    long nanos(int series) {
        return get(series, DURATION);
    }

    private long get(int series, int at) {
        AtomicLongArray page = pages.getAcquire(series / PAGE);
        return page == null ? 0 : page.getOpaque(series % PAGE * WIDTH + at);
    }
}
