package dev.portico.e2e.apiserver;

import dev.portico.e2e.cases.Tree;
import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Compares what an API server holds with a golden: statuses in its words, and Programmed, of which goldens know nothing,
 * True wherever a thing is accepted; a policy is programmed where one of its ancestors accepts it.
 */
public final class Statuses {
    private static final String ABSENT = "absent";
    private static final String NOTHING = "told nothing";

    private final Cluster cluster;
    private final Tree golden;
    private final Function<String, String> addressOf;

    /** @param addressOf at which address clients reach a Gateway, which goldens name as Kind/namespace/name */
    public Statuses(Cluster cluster, Tree golden, Function<String, String> addressOf) {
        this.cluster = cluster;
        this.golden = golden;
        this.addressOf = addressOf;
    }

    public List<String> differences(List<HasMetadata> objects) {
        var differences = new ArrayList<String>();
        for (HasMetadata object : objects) {
            String name = ObjectRef.of(object).toString();
            Object expected = golden.find(name).orElse(NOTHING);
            Object found = told(object);
            if (!expected.equals(found)) {
                differences.add(name + " is " + found + ", expected " + expected);
            }
            golden.find("problems", name).ifPresent(lines -> differences.addAll(missing(object, (List<?>) lines)));
        }
        return differences;
    }

    private Object told(HasMetadata object) {
        Tree now = cluster.now(object);
        return switch (object.getKind()) {
            case "Gateway" -> now.find("status").isEmpty() ? NOTHING : gateway(now.tree("status"));
            case "RateLimit", "BackendPolicy" -> now.find("status").isEmpty() ? NOTHING : policy(now.tree("status"));
            case "Ingress" -> ingress(object, now);
            default -> NOTHING;
        };
    }

    private Map<String, Object> gateway(Tree status) {
        var listeners = new TreeMap<String, Object>();
        for (Tree listener : status.treesOrNone("listeners")) {
            Map<String, Object> one = conditions(listener);
            one.put("attachedRoutes", listener.get("attachedRoutes"));
            listeners.put(listener.text("name"), one);
        }
        var routes = new TreeMap<String, Object>();
        for (Tree route : status.treesOrNone("routes")) {
            Map<String, Object> one = conditions(route);
            // The routes of a Gateway are programmed with it.
            one.remove("Programmed", ABSENT);
            List<String> policies = route.treesOrNone("policies").stream()
                    .map(policy -> policy.text("kind") + "/" + policy.text("name") + " " + policy.get("blocks"))
                    .toList();
            if (!policies.isEmpty()) {
                one.put("policies", policies);
            }
            routes.put(route.text("name"), one);
        }
        var told = new LinkedHashMap<String, Object>();
        told.put("conditions", conditions(status));
        told.put("listeners", listeners);
        told.put("routes", routes);
        return told;
    }

    private static Map<String, Object> policy(Tree status) {
        var told = new LinkedHashMap<String, Object>();
        boolean accepted =
                isAccepted(status) || status.treesOrNone("ancestors").stream().anyMatch(Statuses::isAccepted);
        told.put("conditions", conditions(status, accepted));
        told.put("targets", status.text("targetSummary"));
        var ancestors = new TreeMap<String, Object>();
        for (Tree ancestor : status.treesOrNone("ancestors")) {
            Tree ref = ancestor.tree("ancestorRef");
            ancestors.put(
                    ref.text("kind") + "/" + ref.text("namespace") + "/" + ref.text("name"), conditions(ancestor));
        }
        told.put("ancestors", ancestors);
        return told;
    }

    /** An Ingress says nothing but addresses: those of its Gateway, which the golden names. */
    private Object ingress(HasMetadata object, Tree now) {
        List<?> addresses = now.find("status", "loadBalancer", "ingress")
                .map(list -> (List<?>) list)
                .orElse(List.of());
        if (addresses.isEmpty()) {
            return NOTHING;
        }
        String published = Tree.of(addresses.getFirst()).text("ip");
        return golden.find(ObjectRef.of(object).toString())
                .filter(told -> published.equals(addressOf.apply(Tree.of(told).text("gateway"))))
                .orElse("at address " + published);
    }

    private static boolean isAccepted(Tree holder) {
        return holder.treesOrNone("conditions").stream()
                .noneMatch(condition -> condition.text("type").equals("Accepted")
                        && condition.text("status").equals("False"));
    }

    private static Map<String, Object> conditions(Tree holder) {
        return conditions(holder, isAccepted(holder));
    }

    private static Map<String, Object> conditions(Tree holder, boolean accepted) {
        var told = new TreeMap<String, Object>();
        String programmed = ABSENT;
        for (Tree condition : holder.treesOrNone("conditions")) {
            String type = condition.text("type");
            String status = condition.text("status");
            String message = (String) condition.find("message").orElse("");
            if (type.equals("Programmed")) {
                programmed = status + " " + condition.text("reason") + ", " + message;
                continue;
            }
            told.put(type, status + " " + condition.text("reason") + (message.isEmpty() ? "" : ", " + message));
        }
        if (!programmed.startsWith(accepted ? "True" : "False")) {
            told.put("Programmed", programmed);
        }
        return told;
    }

    /** Problems are Events; of our own objects conditions tell them, of several of one route the first. */
    private List<String> missing(HasMetadata object, List<?> lines) {
        if (object.getApiVersion().startsWith("portico.dev/")) {
            String status = cluster.now(object).find("status").orElse("").toString();
            return lines.stream()
                            .map(line -> ((String) line).replaceFirst("^[^:]*: [A-Za-z]+, ", ""))
                            .anyMatch(status::contains)
                    ? List.of()
                    : List.of("none of " + lines + " in the conditions of " + ObjectRef.of(object));
        }
        String namespace = object.getMetadata().getNamespace();
        List<String> told = cluster
                .client()
                .v1()
                .events()
                .inNamespace(namespace == null ? "default" : namespace)
                .list()
                .getItems()
                .stream()
                .filter(event -> concerns(event, object))
                .map(event -> event.getReason() + " " + event.getMessage())
                .toList();
        return lines.stream()
                .map(line -> ((String) line).replaceFirst("^([^:]*): ([A-Za-z]+), ", "$2 $1: "))
                .filter(line -> !told.contains(line))
                .map(line ->
                        "no Event '" + line + "' of " + object.getMetadata().getName() + ", only " + told)
                .toList();
    }

    private static boolean concerns(Event event, HasMetadata object) {
        // As kubectl describe looks for them.
        return object.getMetadata().getUid().equals(event.getInvolvedObject().getUid());
    }
}
