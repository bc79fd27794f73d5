package dev.portico.proxy.codec;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Headers in the order in which they came, still as bytes. A message has few, and few are asked for: to look through
 * them costs less than to put them into a table. What is forwarded is copied from head to head.
 */
final class ReadHeaders extends HttpHeaders {
    private final ArrayList<Field> fields = new ArrayList<>();
    /** A bit for each length of a name that has stood here: most names that are asked for are of none of them. */
    private long lengths;

    void read(byte[] bytes, int start, int nameEnd, int valueStart, int valueEnd) {
        lengths |= bit(nameEnd - start);
        fields.add(new Field.Line(bytes, start, nameEnd, valueStart, valueEnd));
    }

    private static long bit(int length) {
        return 1L << Math.min(length, Long.SIZE - 1);
    }

    List<Field> fields() {
        return fields;
    }

    void writeTo(MessageWriter writer) {
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).writeTo(writer);
        }
    }

    private int indexOf(CharSequence name, int from) {
        if ((lengths & bit(name.length())) == 0) {
            return -1;
        }
        for (int i = from; i < fields.size(); i++) {
            if (fields.get(i).isNamed(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public @Nullable String get(CharSequence name) {
        int at = indexOf(name, 0);
        return at < 0 ? null : fields.get(at).text();
    }

    @Override
    public List<String> getAll(CharSequence name) {
        int at = indexOf(name, 0);
        if (at < 0) {
            return List.of();
        }
        int second = indexOf(name, at + 1);
        if (second < 0) {
            return List.of(fields.get(at).text());
        }
        var all = new ArrayList<String>();
        for (int i = at; i >= 0; i = indexOf(name, i + 1)) {
            all.add(fields.get(i).text());
        }
        return all;
    }

    @Override
    public boolean contains(CharSequence name) {
        return indexOf(name, 0) >= 0;
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        lengths |= bit(name.length());
        fields.add(new Field.Added(name, text(value)));
        return this;
    }

    @Override
    public HttpHeaders set(CharSequence name, Object value) {
        int first = indexOf(name, 0);
        if (first < 0) {
            return add(name, value);
        }
        fields.set(first, new Field.Added(name, text(value)));
        removeFrom(first + 1, name);
        return this;
    }

    @Override
    public HttpHeaders remove(CharSequence name) {
        removeFrom(0, name);
        return this;
    }

    private void removeFrom(int start, CharSequence name) {
        for (int at = indexOf(name, start); at >= 0; at = indexOf(name, at)) {
            fields.remove(at);
        }
    }

    private static CharSequence text(Object value) {
        return value instanceof CharSequence text ? text : value.toString();
    }

    @Override
    public Iterator<Entry<CharSequence, CharSequence>> iteratorCharSequence() {
        return Collections.<Entry<CharSequence, CharSequence>>unmodifiableList(fields)
                .iterator();
    }

    @Override
    public List<Entry<String, String>> entries() {
        var entries = new ArrayList<Entry<String, String>>(fields.size());
        for (Field field : fields) {
            entries.add(new SimpleImmutableEntry<>(field.getKey().toString(), field.text()));
        }
        return entries;
    }

    @Override
    public Set<String> names() {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Field field : fields) {
            names.add(field.getKey().toString());
        }
        return names;
    }

    @Override
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public HttpHeaders clear() {
        fields.clear();
        return this;
    }

    // ---- the same by other types

    @Override
    public @Nullable String get(String name) {
        return get((CharSequence) name);
    }

    @Override
    public List<String> getAll(String name) {
        return getAll((CharSequence) name);
    }

    @Override
    public boolean contains(String name) {
        return contains((CharSequence) name);
    }

    @Override
    public HttpHeaders add(String name, Object value) {
        return add((CharSequence) name, value);
    }

    @Override
    public HttpHeaders add(String name, Iterable<?> values) {
        values.forEach(value -> add(name, value));
        return this;
    }

    @Override
    public HttpHeaders addInt(CharSequence name, int value) {
        return add(name, value);
    }

    @Override
    public HttpHeaders addShort(CharSequence name, short value) {
        return add(name, value);
    }

    @Override
    public HttpHeaders set(String name, Object value) {
        return set((CharSequence) name, value);
    }

    @Override
    public HttpHeaders set(String name, Iterable<?> values) {
        return remove(name).add(name, values);
    }

    @Override
    public HttpHeaders setInt(CharSequence name, int value) {
        return set(name, value);
    }

    @Override
    public HttpHeaders setShort(CharSequence name, short value) {
        return set(name, value);
    }

    @Override
    public HttpHeaders remove(String name) {
        return remove((CharSequence) name);
    }

    @Override
    @SuppressWarnings("deprecation") // iterating over strings; it must be there all the same
    public Iterator<Entry<String, String>> iterator() {
        return entries().iterator();
    }

    // ---- what nobody asks for here

    @Override
    public @Nullable Integer getInt(CharSequence name) {
        return copy().getInt(name);
    }

    @Override
    public int getInt(CharSequence name, int defaultValue) {
        return copy().getInt(name, defaultValue);
    }

    @Override
    public @Nullable Short getShort(CharSequence name) {
        return copy().getShort(name);
    }

    @Override
    public short getShort(CharSequence name, short defaultValue) {
        return copy().getShort(name, defaultValue);
    }

    @Override
    public @Nullable Long getTimeMillis(CharSequence name) {
        return copy().getTimeMillis(name);
    }

    @Override
    public long getTimeMillis(CharSequence name, long defaultValue) {
        return copy().getTimeMillis(name, defaultValue);
    }
}
