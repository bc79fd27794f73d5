package dev.portico.images;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that sees nothing but the files of an image, may write none of them, and has one processor. */
final class Container implements AutoCloseable {
    /** {@code ROOT USER WRITABLE COMMAND...}: what a runtime does, by the tools of every Linux; needs root. */
    private static final String SCRIPT = """
            set -e
            root=$1 user=$2 writable=$3
            shift 3
            mount --bind "$root" "$root"
            mount -t proc proc "$root/proc"
            mount -t tmpfs dev "$root/dev"
            for device in null zero random urandom; do
              touch "$root/dev/$device"
              mount --bind "/dev/$device" "$root/dev/$device"
            done
            for file in hosts resolv.conf; do
              touch "$root/etc/$file"
              mount --bind "/etc/$file" "$root/etc/$file"
            done
            mkdir -p "$root$writable"
            chown -R "$user" "$writable"
            mount --bind "$writable" "$root$writable"
            mount -o remount,ro,bind "$root"
            exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin JDK_JAVA_OPTIONS="$OPTIONS" \\
              chroot --userspec="$user" "$root" "$@"
            """;

    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+([0-9]+) kB");

    private final Process process;
    private final Path log;

    private Container(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param writable the one folder in which it may write
     * @param options of its JVM, as if its memory or its patience were another
     */
    static Container start(ImageTar image, Path root, Path writable, String options, List<String> arguments)
            throws IOException {
        JsonObject config = image.config();
        var command = new ArrayList<>(
                List.of("taskset", "--cpu-list", "0", "unshare", "--mount", "bash", "-c", SCRIPT, "container"));
        command.addAll(List.of(root.toString(), config.getString("User"), writable.toString()));
        JsonArray entrypoint = config.getJsonArray("Entrypoint");
        entrypoint.stream().map(String::valueOf).forEach(command::add);
        command.addAll(arguments);
        Path log = Files.createTempFile(writable.getParent(), "container", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("OPTIONS", options);
        return new Container(builder.start(), log);
    }

    Process process() {
        return process;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** The memory that is its own and in use, in MiB. */
    double residentMiB() throws IOException {
        Matcher rss = RSS.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
        if (!rss.find()) {
            throw new IOException("process " + process.pid() + " has no VmRSS: " + log());
        }
        return Long.parseLong(rss.group(1)) / 1024.0;
    }

    /** The processor time that it has taken so far. */
    long cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** Ends it as a kubelet does, and says how it ended. */
    int end() throws InterruptedException, IOException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IOException("did not end when it was asked to: " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
