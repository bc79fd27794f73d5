package dev.portico.operator.model;

import java.util.List;
import java.util.Map;

/** Whose objects may attach to a listener. */
public sealed interface Namespaces {
    boolean allow(String own, String other, Map<String, String> labels);

    /** Those of the Gateway's own namespace. */
    record Same() implements Namespaces {
        @Override
        public boolean allow(String own, String other, Map<String, String> labels) {
            return own.equals(other);
        }
    }

    /** Everybody's. */
    record All() implements Namespaces {
        @Override
        public boolean allow(String own, String other, Map<String, String> labels) {
            return true;
        }
    }

    /** Those of namespaces whose labels meet all requirements. */
    record Selected(List<Requirement> requirements) implements Namespaces {
        public Selected {
            requirements = List.copyOf(requirements);
        }

        @Override
        public boolean allow(String own, String other, Map<String, String> labels) {
            return requirements.stream().allMatch(requirement -> requirement.meets(labels));
        }
    }

    /** A requirement on a label (meta/v1, LabelSelectorRequirement). */
    record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        boolean meets(Map<String, String> labels) {
            var value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }

        /** How label and values are compared. */
        public enum Operator {
            IN,
            NOT_IN,
            EXISTS,
            DOES_NOT_EXIST
        }
    }
}
