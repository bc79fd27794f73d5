package dev.portico.standalone.folder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells every change of a folder, the first reading included, one after the other. It listens to the file system, and
 * looks by itself every now and then, for file systems that tell nothing and for a folder that went away.
 */
public final class Watch implements AutoCloseable {
    private static final long LOOK_MILLIS = 2_000;
    private static final long DOUBT_MILLIS = 20;

    private final Path root;
    private final Files files;
    private final Predicate<Reading> listener;
    private final WatchService service;
    private final Map<WatchKey, Path> directories = new HashMap<>();
    /** Where the folder will come back, as long as it is away. */
    private @Nullable WatchKey above;

    private Reading told = Reading.NOTHING;
    private long looked = System.nanoTime();

    private Watch(Path root, Predicate<Reading> listener) throws IOException {
        this.root = root;
        this.files = new Files(root);
        this.listener = listener;
        this.service = root.getFileSystem().newWatchService();
    }

    /**
     * Reads the folder, tells the listener, and goes on in a thread of its own.
     *
     * @param listener says whether it took all; if not it is told again a little later
     */
    public static Watch start(Path root, Predicate<Reading> listener) throws IOException {
        var watch = new Watch(root, listener);
        watch.lookAtAll();
        // What happened between the first look and the first watch is seen by a second look.
        watch.lookAtAll();
        watch.tell();
        Thread.ofPlatform().daemon().name("folder").start(watch::run);
        return watch;
    }

    private void run() {
        try {
            while (true) {
                listen();
                if (!told.equals(files.reading())) {
                    tell();
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // Closed: this is the end that was asked for.
        }
    }

    private void tell() {
        var now = files.reading();
        if (listener.test(now)) {
            told = now;
        }
    }

    private void listen() throws InterruptedException {
        var heard = new HashSet<Path>();
        var all = false;
        var key = service.poll(files.doubtful() ? DOUBT_MILLIS : LOOK_MILLIS, TimeUnit.MILLISECONDS);
        for (; key != null; key = service.poll()) {
            all |= take(key, heard);
        }
        var late = System.nanoTime() - looked > TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
        if (all || late || (heard.isEmpty() && files.doubtful())) {
            lookAtAll();
        }
        files.refresh(heard);
    }

    /** Takes the files that a key names; true when more than files may have changed. */
    private boolean take(WatchKey key, Set<Path> heard) {
        var directory = directories.get(key);
        var all = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            if (directory == null
                    || !directory.startsWith(root)
                    || event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
                all = true;
            } else if (event.context() instanceof Path name) {
                var path = directory.resolve(name);
                heard.add(path);
                all |= !event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY)
                        && !java.nio.file.Files.isRegularFile(path);
            }
        }
        if (!key.reset()) {
            directories.remove(key);
            all = true;
        }
        return all;
    }

    private void lookAtAll() {
        looked = System.nanoTime();
        var found = files.refresh();
        if (java.nio.file.Files.isDirectory(root)) {
            lookNoMoreAbove();
        } else {
            var parent = root.toAbsolutePath().normalize().getParent();
            above = parent == null ? null : register(parent);
        }
        found.forEach(this::register);
    }

    private void lookNoMoreAbove() {
        if (above != null) {
            above.cancel();
            directories.remove(above);
            above = null;
        }
    }

    private @Nullable WatchKey register(Path directory) {
        try {
            var key = directory.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            directories.put(key, directory);
            return key;
        } catch (IOException e) {
            // It went away or cannot be listened to: looking by itself is what remains.
            directories.values().remove(directory);
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
