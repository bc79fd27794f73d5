package dev.portico.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes and reads records of records, lists, strings, numbers, durations and enums; members of sealed types by tag. */
final class RecordCodec {
    private static final String TAG = "is";
    private static final Map<Class<?>, RecordShape> SHAPES = new ConcurrentHashMap<>();

    private RecordCodec() {}

    static void write(JsonGenerator json, Object value, Type declared) throws IOException {
        switch (value) {
            case Record record -> writeRecord(json, record, declared);
            case List<?> list -> {
                var element = elementOf(declared);
                json.writeStartArray();
                for (Object item : list) {
                    write(json, item, element);
                }
                json.writeEndArray();
            }
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Duration duration -> json.writeString(duration.toString());
            case Enum<?> word -> json.writeString(word.name());
            default -> throw new IllegalStateException("no encoding for " + value.getClass());
        }
    }

    private static void writeRecord(JsonGenerator json, Record record, Type declared) throws IOException {
        json.writeStartObject();
        if (declared instanceof Class<?> type && type.isSealed()) {
            json.writeStringField(TAG, Tags.of(record.getClass()));
        }
        for (RecordShape.Component component : shape(record.getClass()).components()) {
            var value = component.read(record);
            if (value != null && !absent(value)) {
                json.writeFieldName(component.name());
                write(json, value, component.type());
            }
        }
        json.writeEndObject();
    }

    private static boolean absent(Object value) {
        return switch (value) {
            case Number number -> number.longValue() == 0;
            case List<?> list -> list.isEmpty();
            case String text -> text.isEmpty();
            default -> false;
        };
    }

    static Object read(JsonParser json, Type declared) throws IOException, UnknownWordException, MalformedException {
        if (declared instanceof ParameterizedType) {
            return readList(json, elementOf(declared));
        }
        var type = (Class<?>) declared;
        if (type.isRecord() || type.isSealed()) {
            return readRecord(json, type);
        }
        if (type.isEnum()) {
            return readEnum(type, json.getText());
        }
        return readScalar(json, type);
    }

    private static Object readScalar(JsonParser json, Class<?> type) throws IOException, MalformedException {
        if (type == int.class || type == Integer.class) {
            return expect(json, JsonToken.VALUE_NUMBER_INT).getIntValue();
        }
        if (type == long.class) {
            return expect(json, JsonToken.VALUE_NUMBER_INT).getLongValue();
        }
        var text = expect(json, JsonToken.VALUE_STRING).getText();
        if (type == String.class) {
            return text;
        }
        if (type == Duration.class) {
            return Duration.parse(text);
        }
        throw new IllegalStateException("no decoding for " + type);
    }

    private static Object readEnum(Class<?> type, String name) throws UnknownWordException {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new UnknownWordException(type.getSimpleName() + " '" + name + "' is not known here");
    }

    private static List<Object> readList(JsonParser json, Type element)
            throws IOException, UnknownWordException, MalformedException {
        expect(json, JsonToken.START_ARRAY);
        var list = new ArrayList<Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(json, element));
        }
        return list;
    }

    private static Object readRecord(JsonParser json, Class<?> declared)
            throws IOException, UnknownWordException, MalformedException {
        expect(json, JsonToken.START_OBJECT);
        json.nextToken();
        var shape = shape(declared.isSealed() ? readTag(json, declared) : declared);
        var values = new HashMap<String, Object>();
        while (json.currentToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            var component = shape.component(name);
            if (component == null) {
                throw new UnknownWordException(shape.name() + " has no '" + name + "' here");
            }
            json.nextToken();
            if (values.put(name, read(json, component.type())) != null) {
                throw new MalformedException("'" + name + "' stands twice in " + shape.name());
            }
            json.nextToken();
        }
        return shape.make(values);
    }

    private static Class<?> readTag(JsonParser json, Class<?> declared)
            throws IOException, UnknownWordException, MalformedException {
        if (json.currentToken() != JsonToken.FIELD_NAME || !TAG.equals(json.currentName())) {
            throw new MalformedException(declared.getSimpleName() + " does not begin with '" + TAG + "'");
        }
        json.nextToken();
        var tag = expect(json, JsonToken.VALUE_STRING).getText();
        var type = Tags.find(tag);
        if (type == null || !declared.isAssignableFrom(type)) {
            throw new UnknownWordException(declared.getSimpleName() + " '" + tag + "' is not known here");
        }
        json.nextToken();
        return type;
    }

    private static JsonParser expect(JsonParser json, JsonToken token) throws MalformedException, IOException {
        if (json.currentToken() != token) {
            throw new MalformedException(
                    "found " + json.currentToken() + " at " + json.currentName() + ", expected " + token);
        }
        return json;
    }

    private static Type elementOf(Type list) {
        return ((ParameterizedType) list).getActualTypeArguments()[0];
    }

    private static RecordShape shape(Class<?> type) {
        return SHAPES.computeIfAbsent(type, RecordShape::of);
    }
}
