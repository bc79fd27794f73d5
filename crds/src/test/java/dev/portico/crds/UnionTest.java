package dev.portico.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.crds.backend.BackendPolicySpec;
import dev.portico.crds.gateway.Filter;
import dev.portico.crds.gateway.GatewaySpec;
import dev.portico.crds.gateway.GatewayStatus;
import dev.portico.crds.gateway.PathModifier;
import dev.portico.crds.policy.PolicyStatus;
import dev.portico.crds.ratelimit.RateLimitSpec;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnionTest {
    @Test
    void everyUnionHasARuleThatExactlyOneMemberIsSet() {
        List<Class<?>> unions = records().stream().filter(UnionTest::isUnion).toList();

        assertThat(unions).contains(Filter.class, PathModifier.class);
        for (Class<?> union : unions) {
            String members = members(union).stream()
                    .map(member -> "has(self." + member.getName() + ")")
                    .collect(Collectors.joining(", ", "[", "].exists_one(x, x)"));
            assertThat(union.getAnnotationsByType(ValidationRule.class))
                    .as(union.getName())
                    .extracting(ValidationRule::value)
                    .contains(members);
        }
    }

    @Test
    void everyMemberOfAUnionHasARuleThatItGoesWithItsType() {
        for (Class<?> union : records().stream().filter(UnionTest::isUnion).toList()) {
            for (RecordComponent member : members(union)) {
                String rule = "(self.type == '%1$s') == has(self.%1$s)".formatted(member.getName());
                assertThat(union.getAnnotationsByType(ValidationRule.class))
                        .as(union.getName())
                        .extracting(ValidationRule::value)
                        .anyMatch(rule::equalsIgnoreCase);
            }
        }
    }

    @Test
    void everyListHasAMostAndNoFieldIsABoolean() throws NoSuchFieldException {
        for (Class<?> type : records()) {
            for (RecordComponent component : type.getRecordComponents()) {
                String where = type.getSimpleName() + "." + component.getName();
                assertThat(component.getType())
                        .as(where)
                        .isNotIn(boolean.class, Boolean.class, float.class, double.class);
                if (component.getType() == List.class) {
                    assertThat(type.getDeclaredField(component.getName()).getAnnotation(Size.class))
                            .as(where)
                            .isNotNull();
                }
            }
        }
    }

    /** A record with a required type that says which of several optional members is given. */
    private static boolean isUnion(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).anyMatch(UnionTest::isDiscriminator)
                && members(type).size() > 1;
    }

    private static boolean isDiscriminator(RecordComponent component) {
        return component.getName().equals("type")
                && component.getType().isEnum()
                && component.getAccessor().isAnnotationPresent(Required.class);
    }

    private static List<RecordComponent> members(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .toList();
    }

    private static Set<Class<?>> records() {
        Set<Class<?>> found = new LinkedHashSet<>();
        List.of(
                        GatewaySpec.class,
                        GatewayStatus.class,
                        RateLimitSpec.class,
                        BackendPolicySpec.class,
                        PolicyStatus.class)
                .forEach(root -> collect(root, found));
        assertThat(found).hasSizeGreaterThan(40);
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> record && record.isRecord() && found.add(record)) {
            for (RecordComponent component : record.getRecordComponents()) {
                collect(component.getGenericType(), found);
            }
        }
    }
}
