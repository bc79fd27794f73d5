package dev.portico.operator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an IngressClass declares.
 *
 * @param gateway the portico Gateway its parameters name
 * @param isDefault whether it is the class of Ingresses that name none
 */
public record IngressClassDeclaration(
        Origin origin,
        Age age,
        String controller,
        @Nullable ObjectRef gateway,
        boolean isDefault,
        List<Problem> problems) {
    public IngressClassDeclaration {
        problems = List.copyOf(problems);
    }
}
