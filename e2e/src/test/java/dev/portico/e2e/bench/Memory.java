package dev.portico.e2e.bench;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** What processes hold after all that they carried, and what a connection holds that does nothing. */
record Memory(String name) implements Scenario {
    private static final int RESIDENT_MIB = 150;

    @Override
    public String title() {
        return "memory";
    }

    @Override
    public Chapter measure(Bench bench, Options options) throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        for (Contender contender : bench.all()) {
            double resident = contender.usage().residentKiB() / 1024.0;
            lines.add("| resident after the scenarios above | %s | %.1f MiB | | %s |"
                    .formatted(contender.name(), resident, limit(contender, resident, RESIDENT_MIB, "MiB")));
        }
        for (Idle idle : Idle.values()) {
            for (Contender contender :
                    List.of(bench.portico(Setup.DEFAULT), bench.nginx(Setup.DEFAULT), bench.haproxy(Setup.DEFAULT))) {
                lines.add(line(idle, contender, options));
                bench.stop(contender);
            }
        }
        String text = """
                | | | | of that on the heap | at most |
                |---|---|---|---|---|
                %s

                A connection's share is the growth of the resident memory of a process that was warmed up for %d s and collected its garbage before and after; each connection carries one
                request before it rests. The kernel's part, buffers of sockets, is nobody's process.
                Meanwhile a JVM takes and gives back some MiB for its own ends, which count here: of few connections only the part on the heap says what they hold.
                """.formatted(String.join("\n", lines), warm(options));
        return new Chapter(name, title(), null, text);
    }

    private static int warm(Options options) {
        return Math.min(5, options.get("warm"));
    }

    private static String line(Idle idle, Contender contender, Options options)
            throws IOException, InterruptedException {
        new Wrk(64, "1k").ask(contender.target(Scheme.HTTP), warm(options));
        long heap = liveKiB(contender);
        long resident = contender.usage().residentKiB();
        List<Socket> open = idle.open(contender);
        try {
            long heapGrowth = liveKiB(contender) - heap;
            long growth = contender.usage().residentKiB() - resident;
            double each = (double) growth / idle.count();
            return "| a connection of %s | %s | %.1f KiB | %s | %s |"
                    .formatted(
                            idle,
                            contender.name(),
                            each,
                            contender.isJava() ? "%.1f KiB".formatted((double) heapGrowth / idle.count()) : "",
                            idle.atMostKiB().isPresent()
                                    ? limit(contender, each, idle.atMostKiB().getAsInt(), "KiB")
                                    : "");
        } finally {
            Idle.close(open);
        }
    }

    /** Of Portico; peers may hold what they like. */
    private static String limit(Contender contender, double measured, int atMost, String unit) {
        return contender.isJava() ? new Bound(contender.name(), measured, atMost, unit).limit() : "";
    }

    private static long liveKiB(Contender contender) throws IOException, InterruptedException {
        return contender.isJava() ? new Jvm(contender.process().pid()).liveKiB() : 0;
    }
}
