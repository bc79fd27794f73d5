package dev.portico.crds;

/** The patterns, rules and lengths that fields of all kinds share. */
public final class Syntax {
    public static final String GROUP = "portico.dev";
    public static final String VERSION = "v1alpha1";
    /** Raised with every change of a schema, so that an operator sees CRDs that are older than itself. */
    public static final String SCHEMA_VERSION = "portico.dev/schema-version=1";

    public static final String LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    public static final int LABEL_LENGTH = 63;
    public static final String SUBDOMAIN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    public static final String HOSTNAME = "^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    public static final int DNS_LENGTH = 253;

    /** GEP-2257. */
    public static final String DURATION = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

    public static final int DURATION_LENGTH = 28;
    public static final String AT_MOST_A_DAY = "duration(self) <= duration('24h')";
    public static final String AT_MOST_A_DAY_MESSAGE = "must be at most 24h";
    public static final String A_SECOND_TO_AN_HOUR =
            "duration(self) >= duration('1s') && duration(self) <= duration('1h')";
    public static final String A_SECOND_TO_AN_HOUR_MESSAGE = "must be 1s to 1h";

    /** A whole quantity of bytes. */
    public static final String SIZE = "^(0|[1-9][0-9]{0,8})(k|M|G|Ki|Mi|Gi)?$";

    public static final int SIZE_LENGTH = 11;

    /** A token of RFC 9110 §5.6.2. */
    public static final String TOKEN = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";

    public static final int TOKEN_LENGTH = 256;
    /**
     * Each character is an octet on the wire, so none is beyond U+00FF; and no control character but the tab, so that no
     * line can be smuggled in (RFC 9110 §5.5).
     */
    public static final String HEADER_VALUE = "^[\\x09\\x20-\\x7e\\x80-\\xff]*$";

    public static final int VALUE_LENGTH = 4096;
    public static final int PATH_LENGTH = 1024;

    /** A path that replaces another: printable, and neither query nor fragment. */
    public static final String NEW_PATH = "^[^\\x00-\\x20\\x7f?#]*$";

    public static final String MEDIA_TYPE =
            "^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+( *; *[A-Za-z0-9-]+=[A-Za-z0-9_.-]+)*$";

    public static final int CIDR_LENGTH = 43;
    public static final String CIDRS = "self.all(c, isCIDR(c) || isIP(c))";
    public static final String CIDRS_MESSAGE = "every entry must be a CIDR (10.0.0.0/8) or an IP address";

    /** A key of labels and annotations: an optional domain and a name. */
    private static final String QUALIFIED_NAME =
            "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

    public static final String KEYS = "self.all(k, size(k) <= 317 && k.matches('" + QUALIFIED_NAME + "'))";
    public static final String KEYS_MESSAGE =
            "every key must be a name of at most 63 characters, or a domain, / and one";

    /** The value of a label; may be empty. */
    public static final String LABEL_VALUE = "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$";

    /** A quantity of a resource: {@code 500m}, {@code 1.5}, {@code 256Mi}. */
    public static final String QUANTITY = "^[0-9]{1,12}(\\.[0-9]{1,9})?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$";

    public static final int QUANTITY_LENGTH = 24;

    private Syntax() {}
}
