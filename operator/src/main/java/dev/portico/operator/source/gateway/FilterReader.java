package dev.portico.operator.source.gateway;

import dev.portico.crds.gateway.HeaderModifier;
import dev.portico.crds.gateway.RequestRedirect;
import dev.portico.operator.model.Problems;
import dev.portico.operator.source.Matches;
import dev.portico.routetable.Filter;
import dev.portico.routetable.HeaderChange;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.PathModifier;
import dev.portico.routetable.Redirect;
import dev.portico.routetable.RequestHeaders;
import dev.portico.routetable.ResponseHeaders;
import dev.portico.routetable.UrlRewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the filters of a route; a redirect among them is its action. */
final class FilterReader {
    private static final String INCOMPATIBLE = "IncompatibleFilters";

    /** Headers that data planes never change: their meaning is that of one connection, or where a message ends. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "content-length",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final String field;
    private final List<Match> matches;
    private final Problems problems;
    private final List<Filter> filters = new ArrayList<>();
    private @Nullable Redirect redirect;

    FilterReader(String field, List<Match> matches, Problems problems) {
        this.field = field;
        this.matches = matches;
        this.problems = problems;
    }

    Reading read(List<dev.portico.crds.gateway.Filter> declared) {
        for (int i = 0; i < declared.size(); i++) {
            read(declared.get(i), field + ".filters[" + i + "]");
        }
        if (redirect != null && filters.stream().anyMatch(UrlRewrite.class::isInstance)) {
            problems.add(field + ".filters", INCOMPATIBLE, "RequestRedirect and URLRewrite, expected one of them");
        }
        return new Reading(filters, redirect);
    }

    private void read(dev.portico.crds.gateway.Filter filter, String at) {
        switch (filter.type()) {
            case REQUEST_HEADER_MODIFIER -> {
                var change = filter.requestHeaderModifier();
                if (change == null) {
                    missing(at + ".requestHeaderModifier");
                } else {
                    add(new RequestHeaders(change(change, at + ".requestHeaderModifier")), at);
                }
            }
            case RESPONSE_HEADER_MODIFIER -> {
                var change = filter.responseHeaderModifier();
                if (change == null) {
                    missing(at + ".responseHeaderModifier");
                } else {
                    add(new ResponseHeaders(change(change, at + ".responseHeaderModifier")), at);
                }
            }
            case URL_REWRITE -> {
                var rewrite = filter.urlRewrite();
                if (rewrite == null) {
                    missing(at + ".urlRewrite");
                } else {
                    add(new UrlRewrite(rewrite.hostname(), path(rewrite.path(), at + ".urlRewrite.path")), at);
                }
            }
            case REQUEST_REDIRECT -> {
                var declared = filter.requestRedirect();
                if (declared == null) {
                    missing(at + ".requestRedirect");
                } else {
                    redirect = redirect(declared, at + ".requestRedirect");
                }
            }
        }
    }

    private void missing(String at) {
        problems.add(at, INCOMPATIBLE, "is absent, expected it because of the filter's type");
    }

    private void add(Filter filter, String at) {
        if (filters.stream().anyMatch(other -> other.getClass() == filter.getClass())) {
            problems.add(at, INCOMPATIBLE, "repeats a type, expected each once");
        }
        filters.add(filter);
    }

    private Redirect redirect(RequestRedirect redirect, String at) {
        var scheme = redirect.scheme();
        return new Redirect(
                scheme == null
                        ? null
                        : switch (scheme) {
                            case HTTP -> "http";
                            case HTTPS -> "https";
                        },
                redirect.hostname(),
                path(redirect.path(), at + ".path"),
                redirect.port(),
                redirect.statusCode());
    }

    private @Nullable PathModifier path(dev.portico.crds.gateway.@Nullable PathModifier path, String at) {
        if (path == null) {
            return null;
        }
        return switch (path.type()) {
            case REPLACE_FULL_PATH ->
                new PathModifier.ReplaceFullPath(path.replaceFullPath() == null ? "/" : path.replaceFullPath());
            case REPLACE_PREFIX_MATCH -> {
                if (matches.stream().anyMatch(match -> match.path().kind() != PathMatch.Kind.PREFIX)) {
                    problems.add(at, INCOMPATIBLE, "ReplacePrefixMatch, expected matches of type PathPrefix only");
                }
                yield new PathModifier.ReplacePrefixMatch(
                        path.replacePrefixMatch() == null ? "/" : path.replacePrefixMatch());
            }
        };
    }

    private HeaderChange change(HeaderModifier modifier, String at) {
        for (int i = 0; i < modifier.remove().size(); i++) {
            checkName(modifier.remove().get(i), at + ".remove[" + i + "]");
        }
        return new HeaderChange(
                headers(modifier.set(), at + ".set"), headers(modifier.add(), at + ".add"), modifier.remove());
    }

    private void checkName(String name, String at) {
        if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            problems.add(
                    at,
                    Matches.UNSUPPORTED_VALUE,
                    "'" + name + "' is the connection's or the message's own, expected another header; URLRewrite"
                            + " changes the host");
        }
    }

    private List<HeaderChange.Header> headers(List<HeaderModifier.HeaderValue> headers, String at) {
        var words = new ArrayList<HeaderChange.Header>();
        for (int i = 0; i < headers.size(); i++) {
            checkName(headers.get(i).name(), at + "[" + i + "]");
            try {
                words.add(new HeaderChange.Header(
                        headers.get(i).name(), headers.get(i).value()));
            } catch (IllegalArgumentException e) {
                problems.add(at + "[" + i + "]", Matches.UNSUPPORTED_VALUE, String.valueOf(e.getMessage()));
            }
        }
        return words;
    }

    /** Filters, and the redirect that ends the route. */
    record Reading(List<Filter> filters, @Nullable Redirect redirect) {}
}
