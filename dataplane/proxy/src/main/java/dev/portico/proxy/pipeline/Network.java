package dev.portico.proxy.pipeline;

import java.net.InetAddress;
import java.util.Arrays;

/** Addresses that share their first bits: an address, or address/bits. IPv4 mapped into IPv6 is IPv4. */
public final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] address = InetAddress.ofLiteral(slash < 0 ? cidr : cidr.substring(0, slash))
                .getAddress();
        int bits = slash < 0 ? address.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
        if (bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException(
                    "prefix of " + cidr + " is " + bits + ", expected 0 to " + address.length * 8);
        }
        mask(address, bits);
        return new Network(address, bits);
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        if (bytes.length != address.length) {
            return false;
        }
        mask(bytes, bits);
        return Arrays.equals(address, bytes);
    }

    /** Clears all but the first bits. */
    public static void mask(byte[] address, int bits) {
        for (int i = 0; i < address.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            address[i] &= (byte) (0xff00 >> kept);
        }
    }
}
