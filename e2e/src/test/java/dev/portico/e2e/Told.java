package dev.portico.e2e;

import dev.portico.operator.compile.Compiled;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.PolicyReport;
import dev.portico.operator.model.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What users are told of their objects, as goldens have it: a condition is {@code type: status reason, message}. */
final class Told {
    private Told() {}

    static Map<String, Object> by(Compiled compiled) {
        var told = new TreeMap<String, Object>();
        compiled.gateways().forEach((ref, report) -> told.put(ref.toString(), gateway(report)));
        compiled.policies().forEach((ref, report) -> told.put(ref.toString(), policy(report)));
        compiled.ingresses()
                .forEach((ref, report) ->
                        told.put(ref.toString(), ingress(report.gateway().toString())));
        var problems = new TreeMap<String, Object>();
        for (Problem problem : compiled.problems()) {
            problems.merge(problem.object().toString(), List.of(line(problem)), Told::joined);
        }
        if (!problems.isEmpty()) {
            told.put("problems", problems);
        }
        return told;
    }

    private static Map<String, Object> ingress(String gateway) {
        return Map.of("gateway", gateway);
    }

    private static Object joined(Object before, Object after) {
        return java.util.stream.Stream.of(before, after)
                .flatMap(lines -> ((List<?>) lines).stream())
                .sorted()
                .toList();
    }

    private static String line(Problem problem) {
        return problem.field() + ": " + problem.reason() + ", " + problem.message();
    }

    private static Map<String, Object> gateway(GatewayReport report) {
        var listeners = new TreeMap<String, Object>();
        for (GatewayReport.ListenerReport listener : report.listeners()) {
            Map<String, Object> one = conditions(listener.conditions());
            one.put("attachedRoutes", listener.attachedRoutes());
            listeners.put(listener.name(), one);
        }
        var routes = new TreeMap<String, Object>();
        for (GatewayReport.RouteReport route : report.routes()) {
            Map<String, Object> one = conditions(route.conditions());
            if (!route.policies().isEmpty()) {
                one.put(
                        "policies",
                        route.policies().stream()
                                .map(policy -> policy.kind() + "/" + policy.name() + " " + policy.blocks())
                                .toList());
            }
            routes.put(route.name(), one);
        }
        var told = new LinkedHashMap<String, Object>();
        told.put("conditions", conditions(report.conditions()));
        told.put("listeners", listeners);
        told.put("routes", routes);
        return told;
    }

    private static Map<String, Object> policy(PolicyReport report) {
        var told = new LinkedHashMap<String, Object>();
        told.put("conditions", conditions(report.conditions()));
        told.put("targets", report.targetSummary());
        var ancestors = new TreeMap<String, Object>();
        report.ancestors()
                .forEach(ancestor -> ancestors.put(ancestor.gateway().toString(), conditions(ancestor.conditions())));
        told.put("ancestors", ancestors);
        return told;
    }

    private static Map<String, Object> conditions(List<Condition> conditions) {
        var told = new TreeMap<String, Object>();
        for (Condition condition : conditions) {
            String message = condition.message().isEmpty() ? "" : ", " + condition.message();
            told.put(condition.type(), condition.status().text() + " " + condition.reason() + message);
        }
        return told;
    }
}
