package dev.portico.proxy.redirect;

import dev.portico.proxy.pipeline.Reply;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/** Where a client is sent. */
record Location(
        String scheme,
        String host,
        int port,
        String path,
        @Nullable String query) {
    /** The port that a scheme means without saying so. */
    static int ownPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    Reply reply(int status) {
        var headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.LOCATION, this);
        return Reply.empty(status, "redirect", headers);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(64).append(scheme).append("://").append(host);
        if (port != ownPort(scheme)) {
            text.append(':').append(port);
        }
        // "OPTIONS *" has no path.
        text.append(path.startsWith("/") ? path : "/");
        if (query != null) {
            text.append('?').append(query);
        }
        return text.toString();
    }
}
