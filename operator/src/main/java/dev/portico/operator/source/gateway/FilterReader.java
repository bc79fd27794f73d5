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
import org.jspecify.annotations.Nullable;

/** Reads the filters of a route; a redirect among them is its action. */
final class FilterReader {
    private static final String INCOMPATIBLE = "IncompatibleFilters";

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
        // An expression, so that javac demands every type.
        Filter word = switch (filter.type()) {
            case REQUEST_HEADER_MODIFIER -> {
                String block = at + ".requestHeaderModifier";
                var change = given(filter.requestHeaderModifier(), block);
                yield change == null ? null : new RequestHeaders(change(change, block));
            }
            case RESPONSE_HEADER_MODIFIER -> {
                String block = at + ".responseHeaderModifier";
                var change = given(filter.responseHeaderModifier(), block);
                yield change == null ? null : new ResponseHeaders(change(change, block));
            }
            case URL_REWRITE -> {
                String block = at + ".urlRewrite";
                var rewrite = given(filter.urlRewrite(), block);
                yield rewrite == null
                        ? null
                        : new UrlRewrite(rewrite.hostname(), path(rewrite.path(), block + ".path"));
            }
            case REQUEST_REDIRECT -> {
                String block = at + ".requestRedirect";
                var declared = given(filter.requestRedirect(), block);
                redirect = declared == null ? redirect : redirect(declared, block);
                yield null;
            }
        };
        if (word != null) {
            add(word, at);
        }
    }

    private <B> @Nullable B given(@Nullable B block, String at) {
        if (block == null) {
            problems.add(at, INCOMPATIBLE, "is absent, expected it because of the filter's type");
        }
        return block;
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
        if (!HeaderChange.concerns(name)) {
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
