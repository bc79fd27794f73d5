package dev.portico.crds.check;

import com.google.re2j.Pattern;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IP addresses and CIDRs as Kubernetes takes them: no leading zeros, no zones, no IPv4 inside IPv6. */
final class Addresses {
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.|$)){4}");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    private Addresses() {}

    static boolean isIp(String text) {
        return isIpv4(text) || isIpv6(text);
    }

    static boolean isIpv4(String text) {
        return !text.endsWith(".") && IPV4.matches(text);
    }

    static boolean isIpv6(String text) {
        // The JDK takes names, zones and brackets too, and asks DNS for names: only what looks like IPv6 gets that far.
        if (text.indexOf(':') < 0 || !text.chars().allMatch(Addresses::ofIpv6)) {
            return false;
        }
        try {
            return InetAddress.getByName(text) instanceof Inet6Address;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matches(text.substring(slash + 1))) {
            return false;
        }
        String address = text.substring(0, slash);
        int bits = Integer.parseInt(text.substring(slash + 1));
        return isIpv4(address) ? bits <= 32 : isIpv6(address) && bits <= 128;
    }

    private static boolean ofIpv6(int c) {
        return c == ':' || (c < 128 && Character.digit(c, 16) >= 0);
    }
}
