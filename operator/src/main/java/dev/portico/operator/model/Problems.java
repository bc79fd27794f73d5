package dev.portico.operator.model;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one object while it is read. */
public final class Problems {
    private final ObjectRef object;
    private final List<Problem> found = new ArrayList<>();

    public Problems(ObjectRef object) {
        this.object = object;
    }

    public void add(String field, String reason, String message) {
        found.add(new Problem(object, field, reason, message));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public int size() {
        return found.size();
    }

    public List<Problem> found() {
        return List.copyOf(found);
    }
}
