package dev.portico.e2e.requests;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gathers one request from its line and the details below it. */
final class AskReader {
    private static final Pattern LINE =
            Pattern.compile("(?:\\[([^\\]]*)\\] )?([A-Z]+) (\\S+)(?: x([0-9]{1,5}))? -> (\\S.*)");
    private static final Set<String> RESERVED = Set.of("TCP", "UDP");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+): (.*)");
    private static final Pattern CHECK = Pattern.compile("(!?)(:?[!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:: (.*))?");

    private final int line;
    private final String text;
    private final Set<Ask.Http> versions = EnumSet.noneOf(Ask.Http.class);
    private @Nullable String tls;
    private @Nullable String sni;
    private final String method;
    private final Url url;
    private final int times;
    private final Expectation expectation;
    private final List<Ask.Header> headers = new ArrayList<>();
    private @Nullable String body;
    private final List<HeaderCheck> answer = new ArrayList<>();
    private @Nullable String answerBody;
    private final List<HeaderCheck> seen = new ArrayList<>();

    AskReader(int line, String text) {
        this.line = line;
        this.text = text;
        Matcher parts = LINE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected '[options] METHOD URL xN -> outcome'");
        }
        if (parts.group(1) != null) {
            List.of(parts.group(1).split(" ")).forEach(this::option);
        }
        method = parts.group(2);
        if (method.equals(Ask.GRPC)) {
            if (!versions.isEmpty()) {
                throw new IllegalArgumentException("h1 and h2 are no options of GRPC, which is always h2");
            }
            versions.add(Ask.Http.H2);
        }
        if (versions.isEmpty()) {
            versions.add(Ask.Http.H1);
        }
        if (RESERVED.contains(method)) {
            throw new IllegalArgumentException(method + " is reserved: nothing serves it yet");
        }
        url = Url.parse(parts.group(3));
        if (method.equals(Ask.WEBSOCKET) && (versions.contains(Ask.Http.H2) || url.https())) {
            throw new IllegalArgumentException(Ask.WEBSOCKET + " is asked in h1 and by http://");
        }
        if (!url.https() && (tls != null || sni != null)) {
            throw new IllegalArgumentException("tls and sni are options of https");
        }
        times = parts.group(4) == null ? 1 : Integer.parseInt(parts.group(4));
        if (parts.group(4) != null && (times < 2 || times > 10_000)) {
            throw new IllegalArgumentException("x" + times + " is not between 2 and 10000");
        }
        expectation = ExpectationReader.read(times, parts.group(5), method.equals(Ask.GRPC));
    }

    private void option(String option) {
        switch (option) {
            case "h1" -> versions.add(Ask.Http.H1);
            case "h2" -> versions.add(Ask.Http.H2);
            case "tls1.2" -> tls = "TLSv1.2";
            case "tls1.3" -> tls = "TLSv1.3";
            default -> {
                if (!option.startsWith("sni=")) {
                    throw new IllegalArgumentException(
                            "option '" + option + "' is none of h1, h2, tls1.2, tls1.3, sni=NAME");
                }
                sni = option.substring(4);
            }
        }
    }

    void detail(String detail) {
        int blank = detail.indexOf(' ');
        String mark = blank < 0 ? detail : detail.substring(0, blank);
        String rest = blank < 0 ? "" : detail.substring(blank + 1);
        switch (mark) {
            case ">" -> headers.add(header(rest));
            case ">>" -> body = body == null ? rest : body + "\n" + rest;
            case "<" -> answer.add(check(rest, Set.of(":certificate")));
            case "<<" -> answerBody = answerBody == null ? rest : answerBody + "\n" + rest;
            case "^" -> seen.add(check(rest, Set.of(":path", ":method", ":authority", ":body", ":version")));
            default -> throw new IllegalArgumentException("mark '" + mark + "' is none of > >> < << ^");
        }
    }

    private static Ask.Header header(String text) {
        Matcher parts = HEADER.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected '> Name: value'");
        }
        return new Ask.Header(parts.group(1), parts.group(2));
    }

    private static HeaderCheck check(String text, Set<String> pseudo) {
        Matcher parts = CHECK.matcher(text);
        boolean absent = text.startsWith("!");
        if (!parts.matches() || (absent && parts.group(3) != null)) {
            throw new IllegalArgumentException("expected 'Name: value', 'Name' or '!Name'");
        }
        String name = parts.group(2);
        if (name.startsWith(":") && !pseudo.contains(name)) {
            throw new IllegalArgumentException(
                    name + " is none of " + pseudo.stream().sorted().toList());
        }
        return new HeaderCheck(name, parts.group(3), absent);
    }

    Ask ask() {
        return new Ask(
                line,
                text,
                versions,
                tls,
                sni,
                method,
                url,
                times,
                expectation,
                headers,
                body,
                answer,
                answerBody,
                seen);
    }
}
