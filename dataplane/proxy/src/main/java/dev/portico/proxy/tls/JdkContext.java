package dev.portico.proxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The JDK seals tickets with keys of the context and renews them each hour. It binds a session to the name it matched
 * in TLS 1.2; in TLS 1.3 it leaves that to the client, as RFC 8446 §4.2.11 allows: any name of the certificate.
 */
record JdkContext(SslContext context) implements ServerContext {
    private static final List<SNIMatcher> EVERY_NAME = List.of(SNIHostName.createSNIMatcher(".*"));

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator, @Nullable String serverName) {
        SslHandler handler = context.newHandler(allocator);
        var parameters = handler.engine().getSSLParameters();
        parameters.setSNIMatchers(EVERY_NAME);
        handler.engine().setSSLParameters(parameters);
        return handler;
    }
}
