package dev.portico.routetable;

/** A named group of endpoints, and how one is chosen. Its endpoints come apart, as {@link Endpoints}. */
public record Upstream(String id, Balancer balancer) implements Section {
    public Upstream {
        Check.text("id", id);
    }

    @Override
    public String key() {
        return "upstream/" + id;
    }
}
