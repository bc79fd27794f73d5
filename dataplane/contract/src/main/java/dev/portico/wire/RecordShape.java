package dev.portico.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What reflection knows of a record, looked up once. */
record RecordShape(String name, List<Component> components, Map<String, Component> byName, Constructor<?> constructor) {
    static RecordShape of(Class<?> type) {
        var components =
                Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
        var parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var byName = components.stream()
                    .collect(Collectors.toMap(Component::name, Function.identity(), (a, b) -> a, TreeMap::new));
            return new RecordShape(type.getSimpleName(), components, byName, type.getDeclaredConstructor(parameters));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nullable
    Component component(String componentName) {
        return byName.get(componentName);
    }

    Object make(Map<String, Object> values) throws MalformedException {
        var arguments = components.stream()
                .map(component -> Objects.requireNonNullElse(values.get(component.name()), component.whenAbsent()))
                .map(value -> value == Absent.NULL ? null : value)
                .toArray();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null && !components.get(i).nullable()) {
                throw new MalformedException(
                        name + " has no '" + components.get(i).name() + "', expected one");
            }
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            var refusal = Objects.requireNonNullElse(e.getCause(), e);
            throw new MalformedException(name + ": " + refusal.getMessage(), refusal);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private enum Absent {
        NULL
    }

    /** A component: its name, its type, and how it is read. */
    record Component(String name, Type type, Method accessor, boolean nullable) {
        static Component of(RecordComponent component) {
            return new Component(
                    component.getName(),
                    component.getGenericType(),
                    component.getAccessor(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }

        @Nullable
        Object read(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        Object whenAbsent() {
            if (nullable) {
                return Absent.NULL;
            }
            if (type == int.class) {
                return 0;
            }
            if (type == long.class) {
                return 0L;
            }
            if (type == String.class) {
                return "";
            }
            return type instanceof ParameterizedType ? List.of() : Absent.NULL;
        }
    }
}
