package dev.portico.proxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server name of a ClientHello (RFC 8446 §4.1.2, RFC 6066 §3). Whatever does not parse is refused: taken for
 * "no name" it would reach the certificate for unnamed clients.
 */
final class ClientHello {
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;

    private ClientHello() {}

    /** The name in lower case, without trailing dot; null where the client gave none. */
    static @Nullable String serverName(ByteBuf hello) {
        ByteBuf in = hello.duplicate();
        try {
            in.skipBytes(VERSION_AND_RANDOM);
            in.skipBytes(in.readUnsignedByte());
            in.skipBytes(in.readUnsignedShort());
            in.skipBytes(in.readUnsignedByte());
            return in.isReadable() ? extensions(in.readSlice(in.readUnsignedShort())) : null;
        } catch (IndexOutOfBoundsException e) {
            throw new DecoderException("ClientHello ends early", e);
        }
    }

    private static @Nullable String extensions(ByteBuf in) {
        String name = null;
        while (in.isReadable()) {
            int type = in.readUnsignedShort();
            ByteBuf body = in.readSlice(in.readUnsignedShort());
            if (type == SERVER_NAME) {
                if (name != null) {
                    throw new DecoderException("ClientHello names two servers");
                }
                name = names(body.readSlice(body.readUnsignedShort()));
            }
        }
        return name;
    }

    private static String names(ByteBuf in) {
        if (in.readUnsignedByte() != HOST_NAME) {
            throw new DecoderException("ClientHello has an unknown type of server name");
        }
        String name = in.readCharSequence(in.readUnsignedShort(), StandardCharsets.ISO_8859_1)
                .toString()
                .toLowerCase(Locale.ROOT);
        if (in.isReadable()) {
            throw new DecoderException("ClientHello names two servers");
        }
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (name.isEmpty() || name.length() > 253 || !name.chars().allMatch(ClientHello::inHostName)) {
            throw new DecoderException("ClientHello has no valid server name");
        }
        return name;
    }

    private static boolean inHostName(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    }
}
