package dev.portico.proxy.pipeline;

import dev.portico.routetable.ClientTraffic.RequestId;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Sees to it that every request has an id. */
final class RequestIds {
    private static final int LONGEST = 128;

    private final RequestId wanted;
    private final AsciiString header;

    RequestIds(RequestId wanted) {
        this.wanted = wanted;
        this.header = AsciiString.of(wanted.header());
    }

    @Nullable
    String apply(HttpHeaders headers) {
        if (wanted.mode() == RequestId.Mode.DISABLED) {
            return null;
        }
        if (wanted.mode() == RequestId.Mode.KEEP_OR_GENERATE) {
            String given = headers.get(header);
            if (given != null && isId(given)) {
                return given;
            }
        }
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        headers.set(header, id);
        return id;
    }

    /** An id goes into logs of others: printable and of bounded length. */
    private static boolean isId(String given) {
        for (int i = 0; i < given.length(); i++) {
            if (given.charAt(i) <= ' ' || given.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return !given.isEmpty() && given.length() <= LONGEST;
    }
}
