package dev.portico.crds.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the schema of a standard kind off the client's model class: its fields and their types. */
final class ModelSchema {
    private final Map<Class<?>, Schema> known = new HashMap<>();

    Schema of(Class<?> model) {
        Schema schema = known.get(model);
        if (schema == null) {
            schema = read(model);
            known.put(model, schema);
        }
        return schema;
    }

    private Schema read(Class<?> model) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        for (Field field : model.getDeclaredFields()) {
            JsonProperty property = field.getAnnotation(JsonProperty.class);
            if (property != null) {
                properties.put(property.value(), of(field.getGenericType()));
            }
        }
        // FieldsV1 and the like: anything goes.
        return properties.isEmpty() ? Schema.of(Schema.Type.ANY) : Schema.object(properties);
    }

    private Schema of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Schema last = of(arguments[arguments.length - 1]);
            return generic.getRawType() == List.class ? Schema.listOf(last) : Schema.mapOf(last);
        }
        if (type == String.class) {
            return Schema.of(Schema.Type.STRING);
        }
        if (type == Integer.class || type == Long.class) {
            return Schema.of(Schema.Type.INTEGER);
        }
        if (type == Boolean.class) {
            return Schema.of(Schema.Type.BOOLEAN);
        }
        if (type == IntOrString.class) {
            return Schema.of(Schema.Type.INT_OR_STRING);
        }
        if (type instanceof Class<?> model && model.getName().startsWith("io.fabric8.kubernetes.api.model.")) {
            return of(model);
        }
        return Schema.of(Schema.Type.ANY);
    }
}
