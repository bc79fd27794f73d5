package dev.portico.proxy.codec;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was found in the bytes of a connection, in words that can be compared. Parts of a body are joined. */
class Found implements RequestReader.Parts, ResponseReader.Parts {
    static final String UNREADABLE = "unreadable";
    static final String BROKEN = "broken";
    private static final String DATA = "data ";

    final List<String> words = new ArrayList<>();

    @Nullable
    Unreadable why;

    /** Asks for the next message. */
    Runnable next = () -> {};

    @Override
    public void head(Request request) {
        request(request.method(), request.target(), request.version().name(), request.keepAlive(), request.headers());
        if (!request.bodyFollows()) {
            end(null);
        }
    }

    /** An unknown version says nothing of what follows. */
    void request(String method, String target, String version, boolean keepAlive, HttpHeaders headers) {
        boolean keep = keepAlive && !version.equals(Request.Version.OTHER.name());
        words.add(method + " " + target + " " + version + (keep ? " keep " : " close ") + words(headers));
    }

    @Override
    public void head(Response response) {
        response(response.status(), response.keepAlive(), response.headers());
        if (response.status() < 200) {
            words.add("end []");
        } else if (!response.bodyFollows()) {
            end(null);
        }
    }

    /** Transfer-Encoding is left out: Netty removes it where there is no body. */
    void response(int status, boolean keepAlive, HttpHeaders headers) {
        HttpHeaders endToEnd = headers.copy().remove("transfer-encoding");
        words.add(status + (keepAlive ? " keep " : " close ") + words(endToEnd));
    }

    private static String words(HttpHeaders headers) {
        return headers.entries().stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT) + "=" + header.getValue())
                .collect(Collectors.joining("|", "[", "]"));
    }

    @Override
    public void data(ByteBuf data) {
        String text = data.toString(StandardCharsets.ISO_8859_1);
        data.release();
        if (words.getLast().startsWith(DATA)) {
            words.set(words.size() - 1, words.getLast() + text);
        } else {
            words.add(DATA + text);
        }
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
        words.add("end " + (trailers == null ? "[]" : words(trailers)));
        next.run();
    }

    @Override
    public void unreadable(Unreadable why) {
        words.add(UNREADABLE);
        this.why = why;
    }

    @Override
    public void broken() {
        words.add(BROKEN);
    }
}
