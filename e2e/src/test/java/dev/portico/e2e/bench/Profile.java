package dev.portico.e2e.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What processor time of Portico went to, in samples that stand for the same time each.
 *
 * @param parts how many fell to each part
 * @param methods how many fell to each compiled method, with what was inlined into it, of threads that have many tasks
 */
record Profile(Map<Part, Long> parts, Map<String, Long> methods) {
    /** What time is spent on. */
    enum Part {
        SEND("kernel: send"),
        RECEIVE("kernel: receive"),
        CONNECT("kernel: connect, close"),
        WAIT("kernel: io_uring, epoll"),
        KERNEL("kernel: the rest"),
        PORTICO("Portico"),
        NETTY("Netty"),
        VERTX("Vert.x"),
        JDK("JDK"),
        TLS("TLS"),
        LIBC("libc"),
        JVM("JVM"),
        COLLECTOR("collector"),
        COMPILER("compiler"),
        LOG("access log"),
        REST("the rest");

        private final String title;

        Part(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** Threads with one task, by the 15 characters that the kernel keeps of a name; the serial collector has none of its own. */
    private static final Map<String, Part> THREADS = Map.of(
            "access-log", Part.LOG,
            "VM Thread", Part.COLLECTOR,
            "C1 CompilerThre", Part.COMPILER,
            "C2 CompilerThre", Part.COMPILER);

    /** By a function that is under way in the kernel; the first that fits counts. */
    private static final List<Map.Entry<String, Part>> CALLS = List.of(
            Map.entry("tcp_sendmsg", Part.SEND),
            Map.entry("tcp_recvmsg", Part.RECEIVE),
            Map.entry("io_socket", Part.CONNECT),
            Map.entry("io_connect", Part.CONNECT),
            Map.entry("io_accept", Part.CONNECT),
            Map.entry("io_shutdown", Part.CONNECT),
            Map.entry("io_close", Part.CONNECT),
            Map.entry("sys_socket", Part.CONNECT),
            Map.entry("sys_connect", Part.CONNECT),
            Map.entry("sys_accept", Part.CONNECT),
            Map.entry("sys_shutdown", Part.CONNECT),
            Map.entry("sock_close", Part.CONNECT),
            Map.entry("io_uring_enter", Part.WAIT),
            Map.entry("epoll_", Part.WAIT));

    /** By how a method begins. */
    private static final List<Map.Entry<String, Part>> PACKAGES = List.of(
            Map.entry("dev.portico.", Part.PORTICO),
            Map.entry("io.netty.", Part.NETTY),
            Map.entry("io.vertx.", Part.VERTX),
            Map.entry("java.", Part.JDK),
            Map.entry("javax.", Part.JDK),
            Map.entry("jdk.", Part.JDK),
            Map.entry("sun.", Part.JDK));

    /** By how the name of a library's file begins; the first that fits counts. */
    private static final List<Map.Entry<String, Part>> LIBRARIES = List.of(
            Map.entry("libnetty_tcnative", Part.TLS),
            Map.entry("libnetty_", Part.NETTY),
            Map.entry("libjvm.", Part.JVM),
            Map.entry("libjava.", Part.JDK),
            Map.entry("libnio.", Part.JDK),
            Map.entry("libnet.", Part.JDK),
            Map.entry("libc.", Part.LIBC),
            Map.entry("[vdso]", Part.LIBC));

    /**
     * Reads what {@code perf script -F comm,ip,sym,dso} prints of each sample: a line with the thread's name, one for each
     * function under way, the innermost first, and an empty one.
     */
    static Profile read(Stream<String> script) throws IOException {
        var parts = new EnumMap<Part, Long>(Part.class);
        var methods = new TreeMap<String, Long>();
        String thread = "";
        var stack = new ArrayList<Frame>();
        for (Iterator<String> lines = script.iterator(); lines.hasNext(); ) {
            String line = lines.next();
            if (!line.isBlank() && Character.isWhitespace(line.charAt(0))) {
                stack.add(Frame.read(line));
            } else if (!line.isBlank()) {
                thread = line.strip();
            } else if (!stack.isEmpty()) {
                Part task = THREADS.get(thread);
                if (task == null) {
                    stack.getFirst().method().ifPresent(method -> methods.merge(method, 1L, Long::sum));
                }
                parts.merge(task == null ? part(stack) : task, 1L, Long::sum);
                stack.clear();
            }
        }
        return new Profile(parts, methods);
    }

    private static Part part(List<Frame> stack) {
        Frame innermost = stack.getFirst();
        if (innermost.isKernel()) {
            List<String> calls =
                    stack.stream().filter(Frame::isKernel).map(Frame::function).toList();
            return first(CALLS, name -> calls.stream().anyMatch(call -> call.contains(name)))
                    .orElse(Part.KERNEL);
        }
        if (innermost.isMadeByJvm()) {
            return innermost
                    .method()
                    .map(method -> first(PACKAGES, method::startsWith).orElse(Part.REST))
                    .orElse(Part.JVM);
        }
        return first(LIBRARIES, innermost.fileName()::startsWith).orElse(Part.REST);
    }

    private static Optional<Part> first(List<Map.Entry<String, Part>> table, Predicate<String> fits) {
        return table.stream()
                .filter(entry -> fits.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    long samples() {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of all samples. */
    double share(Part part) {
        return (double) parts.getOrDefault(part, 0L) / samples();
    }

    double share(String method) {
        return (double) methods.getOrDefault(method, 0L) / samples();
    }

    /** The methods with most samples, most first. */
    List<String> hottest(int count) {
        return methods.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * A function under way.
     *
     * @param file what it was loaded from
     */
    private record Frame(boolean isKernel, String function, String file) {
        private static final Pattern LINE = Pattern.compile("\\s+([0-9a-f]+) (.*) \\(([^()]+)(?: \\(deleted\\))?\\)");
        private static final Pattern METHOD = Pattern.compile("\\S+ ([^ (]+\\.[^ (]+)\\(.*\\)");

        static Frame read(String line) throws IOException {
            Matcher frame = LINE.matcher(line);
            if (!frame.matches()) {
                throw new IOException("perf printed \"" + line + "\", expected ADDRESS FUNCTION (FILE)");
            }
            // The upper half of all addresses is the kernel's.
            return new Frame(Long.parseUnsignedLong(frame.group(1), 16) < 0, frame.group(2), frame.group(3));
        }

        /** Whether it is known from the JVM's map of what it made itself: methods that it compiled, stubs, its interpreter. */
        boolean isMadeByJvm() {
            return file.endsWith(".map");
        }

        /** Without what it takes and returns. */
        Optional<String> method() {
            Matcher method = METHOD.matcher(function);
            return isMadeByJvm() && method.matches() ? Optional.of(method.group(1)) : Optional.empty();
        }

        String fileName() {
            return file.substring(file.lastIndexOf('/') + 1);
        }
    }
}
