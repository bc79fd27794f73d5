package dev.portico.operator.compile;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/** Breaks what is in PEM, but not the PEM around it. */
final class Mangle {
    private Mangle() {}

    static String pem(String pem, Random random) {
        var lines = pem.strip().lines().toList();
        var body = String.join("", lines.subList(1, lines.size() - 1));
        var bytes = bytes(Base64.getDecoder().decode(body), random);
        return lines.getFirst() + "\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n" + lines.getLast() + "\n";
    }

    /** One to four bytes become others; now and then the end is missing. */
    private static byte[] bytes(byte[] bytes, Random random) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
