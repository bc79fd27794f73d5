package dev.portico.standalone.folder;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder and what was last believed of each. What looks like a file in the middle of being written, or
 * taken away to be replaced, is believed once it has been still for a moment; until then it is as it was.
 */
final class Files {
    /** Long enough for an editor or a copy to go on; nobody waits for this who adds or changes objects. */
    private static final long STILL_NANOS = 200_000_000L;

    private final Path root;
    private final Map<Path, Held> held = new TreeMap<>();
    private final Map<Path, Doubt> doubts = new HashMap<>();
    private Reading reading = Reading.NOTHING;
    private boolean first = true;
    private List<LocatedProblem> folderProblems = List.of();

    Files(Path root) {
        this.root = root;
    }

    Reading reading() {
        return reading;
    }

    /** Whether something waits to be believed. */
    boolean doubtful() {
        return !doubts.isEmpty();
    }

    /** Looks at every file; returns the directories there are. */
    Set<Path> refresh() {
        var seen = new TreeMap<Path, Stamp>();
        var directories = new LinkedHashSet<Path>();
        var failed = new TreeMap<Path, LocatedProblem>();
        try {
            list(seen, directories, failed);
            folderProblems = List.copyOf(failed.values());
        } catch (IOException e) {
            folderProblems = List.of(LocatedProblem.of(
                    root.toString(),
                    0,
                    (java.nio.file.Files.exists(root) ? "cannot be read: " + e : "there is no such folder")
                            + (first ? "" : "; what it held goes on being served")));
            doubts.clear();
            join();
            return directories;
        }
        seen.forEach((file, stamp) -> look(file, stamp, false));
        held.keySet().stream()
                .filter(file -> !seen.containsKey(file))
                .filter(file -> failed.keySet().stream().noneMatch(file::startsWith))
                .toList()
                .forEach(this::missing);
        first = false;
        join();
        return directories;
    }

    /** Looks at some files of which something was heard. */
    void refresh(Set<Path> files) {
        for (Path file : files) {
            if (!readable(file)) {
                continue;
            }
            try {
                look(file, Stamp.of(java.nio.file.Files.readAttributes(file, BasicFileAttributes.class)), true);
            } catch (IOException e) {
                missing(file);
            }
        }
        join();
    }

    /** A file of which something was heard is read although its stamp is the same: clocks of file systems are coarse. */
    private void look(Path file, Stamp stamp, boolean heard) {
        var before = held.get(file);
        if (before != null && stamp.equals(before.stamp()) && !heard) {
            doubts.remove(file);
            return;
        }
        var doubt = doubts.get(file);
        if (doubt != null && stamp.equals(doubt.stamp()) && doubt.young() && !heard) {
            return;
        }
        var content = FileReader.read(file, file.toString());
        var former = before == null ? FileContent.NOTHING : before.content();
        var settled = doubt != null && stamp.equals(doubt.stamp()) && !doubt.young();
        if (!first && !settled && content.lessThan(former)) {
            doubts.put(file, new Doubt(stamp, System.nanoTime()));
            return;
        }
        doubts.remove(file);
        held.put(file, new Held(stamp, content.after(former)));
    }

    private void missing(Path file) {
        var doubt = doubts.get(file);
        if (!held.containsKey(file)) {
            doubts.remove(file);
        } else if (doubt == null || doubt.stamp() != null) {
            doubts.put(file, new Doubt(null, System.nanoTime()));
        } else if (!doubt.young() && java.nio.file.Files.isDirectory(root)) {
            doubts.remove(file);
            held.remove(file);
        }
    }

    /** A file that is gone, but not long enough, does not contest its objects to another file. */
    private void join() {
        var contents = new ArrayList<FileContent>();
        var present = new HashSet<>();
        held.forEach((file, state) -> {
            if (!gone(file)) {
                contents.add(state.content());
                state.content().objects().forEach(object -> present.add(object.ref()));
            }
        });
        held.forEach((file, state) -> {
            if (gone(file)) {
                contents.add(new FileContent(
                        state.content().objects().stream()
                                .filter(object -> !present.contains(object.ref()))
                                .toList(),
                        state.content().problems()));
            }
        });
        contents.add(new FileContent(List.of(), folderProblems));
        reading = Reading.of(contents, reading);
    }

    private boolean gone(Path file) {
        var doubt = doubts.get(file);
        return doubt != null && doubt.stamp() == null;
    }

    private void list(Map<Path, Stamp> files, Set<Path> directories, Map<Path, LocatedProblem> failed)
            throws IOException {
        java.nio.file.Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), 32, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (!directory.equals(root) && hidden(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                directories.add(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && (file.equals(root) || readable(file))) {
                    files.put(file, Stamp.of(attributes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(root)) {
                    throw e;
                }
                failed.put(file, LocatedProblem.of(file.toString(), 0, "cannot be read: " + e));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean readable(Path file) {
        var name = file.getFileName().toString();
        return !hidden(file) && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }

    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private record Held(Stamp stamp, FileContent content) {}

    /** A state that waits to be believed; without a stamp the file is missing. */
    private record Doubt(@Nullable Stamp stamp, long since) {
        boolean young() {
            return System.nanoTime() - since < STILL_NANOS;
        }
    }

    private record Stamp(
            long size, FileTime modified, @Nullable Object key) {
        static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }
}
