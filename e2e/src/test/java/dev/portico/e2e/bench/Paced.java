package dev.portico.e2e.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * HTTP/1.1, 1 KiB, at a rate that does not wait for answers: a request is due at its time, sent by the next connection
 * that is free, and its latency counts from when it was due. What a slow answer holds up is thereby counted as slow.
 *
 * @param rate requests per second; 0: as much as goes
 */
record Paced(int connections, int rate) implements Load {
    /** Connections are there before the first request is due. */
    private static final long CONNECTING = 50_000_000;

    @Override
    public long ask(Target target, int seconds) throws IOException, InterruptedException {
        return latencies(target, seconds).length;
    }

    @Override
    public String describe(Target target, int seconds) {
        return "GET %s/service-XXXX/items/7/1k over %d connections, %s"
                .formatted(target.url(), connections, rate == 0 ? "as much as goes" : rate + " requests/s");
    }

    /** The latencies of all requests, in nanoseconds, shortest first. */
    long[] latencies(Target target, int seconds) throws IOException, InterruptedException {
        var turn = new AtomicLong();
        long begin = System.nanoTime() + CONNECTING;
        long end = begin + seconds * 1_000_000_000L;
        return Clients.run(connections, () -> ask(target, turn, begin, end)).stream()
                .flatMapToLong(Arrays::stream)
                .sorted()
                .toArray();
    }

    private long[] ask(Target target, AtomicLong turn, long begin, long end) throws IOException {
        var latencies = new long[1 << 12];
        int count = 0;
        List<byte[]> requests =
                IntStream.range(0, target.prefixes()).mapToObj(Paced::request).toList();
        try (var connection = new Connection(target.port())) {
            while (true) {
                long number = turn.getAndIncrement();
                long due = rate == 0 ? Math.max(begin, System.nanoTime()) : begin + number * 1_000_000_000L / rate;
                if (due >= end) {
                    return Arrays.copyOf(latencies, count);
                }
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                connection.ask(requests.get((int) (number % requests.size())));
                if (count == latencies.length) {
                    latencies = Arrays.copyOf(latencies, 2 * count);
                }
                latencies[count++] = System.nanoTime() - due;
            }
        }
    }

    private static byte[] request(int prefix) {
        return "GET /service-%04d/items/7/1k HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                .formatted(prefix)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Asks and waits for the answer, whose length is known: this thread does nothing else. */
    private static final class Connection implements AutoCloseable {
        private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        private static final int BODY = 1 << 10;

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final byte[] answer = new byte[8 << 10];

        Connection(int port) throws IOException {
            socket = Clients.connect(port);
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        void ask(byte[] request) throws IOException {
            out.write(request);
            int head = -1;
            int read = 0;
            while (head < 0 || read < head + BODY) {
                int more = in.read(answer, read, answer.length - read);
                if (more < 0) {
                    throw new IOException("the connection was closed in an answer");
                }
                read += more;
                head = head < 0 ? headLength(read) : head;
            }
            if (!Arrays.equals(answer, 0, OK.length, OK, 0, OK.length) || read > head + BODY) {
                throw new IOException(
                        "expected 200 and 1 KiB: " + new String(answer, 0, read, StandardCharsets.ISO_8859_1));
            }
        }

        /** -1 while its end is not there. */
        private int headLength(int read) {
            for (int i = 0; i + END.length <= read; i++) {
                if (Arrays.equals(answer, i, i + END.length, END, 0, END.length)) {
                    return i + END.length;
                }
            }
            return -1;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
