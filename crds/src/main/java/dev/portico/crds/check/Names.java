package dev.portico.crds.check;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and labels as Kubernetes takes them; an answer says what is wrong, in the API server's words. */
final class Names {
    private static final String PART = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern LABEL = Pattern.compile(PART);
    private static final Pattern SUBDOMAIN = Pattern.compile(PART + "(\\." + PART + ")*");
    private static final Pattern WILDCARD = Pattern.compile("\\*\\." + PART + "(\\." + PART + ")*");
    private static final Pattern VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

    private Names() {}

    static @Nullable String label(String text) {
        if (text.length() > 63) {
            return "must be no more than 63 bytes";
        }
        return LABEL.matches(text)
                ? null
                : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start"
                        + " and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                        + " validation is '" + LABEL + "')";
    }

    static @Nullable String subdomain(String text) {
        if (text.length() > 253) {
            return "must be no more than 253 bytes";
        }
        return SUBDOMAIN.matches(text)
                ? null
                : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                        + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                        + " validation is '" + SUBDOMAIN + "')";
    }

    /** A host of an Ingress: a DNS name, or one with a wildcard as its first part. */
    static @Nullable String host(String text) {
        if (Addresses.isIp(text)) {
            return "must be a DNS name, not an IP address";
        }
        if (!text.contains("*")) {
            return subdomain(text);
        }
        return text.length() <= 253 && WILDCARD.matches(text)
                ? null
                : "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must"
                        + " consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric"
                        + " character (e.g. '*.example.com', regex used for validation is '" + WILDCARD + "')";
    }

    static @Nullable String labelValue(String text) {
        if (text.length() > 63) {
            return "must be no more than 63 bytes";
        }
        return VALUE.matches(text)
                ? null
                : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                        + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                        + " '12345', regex used for validation is '" + VALUE + "')";
    }

    /** The key of a label or annotation: a name, with or without a DNS name and a slash before it. */
    static @Nullable String key(String text) {
        int slash = text.indexOf('/');
        String name = text.substring(slash + 1);
        if (name.isEmpty() || labelValue(name) != null || (slash >= 0 && subdomain(text.substring(0, slash)) != null)) {
            return "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                    + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc'), with an optional DNS"
                    + " subdomain prefix and '/' (e.g. 'example.com/MyName')";
        }
        return null;
    }
}
