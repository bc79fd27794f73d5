package dev.portico.operator.source.gateway;

import dev.portico.crds.gateway.Telemetry;
import dev.portico.crds.gateway.TrustedProxies;
import dev.portico.operator.model.Problems;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.ClientTraffic;
import org.jspecify.annotations.Nullable;

/** Reads what a Gateway believes of clients and writes about them. */
final class Traffic {
    private Traffic() {}

    static ClientTraffic read(dev.portico.crds.gateway.@Nullable ClientTraffic traffic, Problems problems) {
        if (traffic == null) {
            return ClientTraffic.DEFAULT;
        }
        var trusted = traffic.trustedProxies();
        return new ClientTraffic(
                trusted == null ? null : new ClientTraffic.TrustedProxies(trusted.cidrs(), header(trusted.header())),
                switch (traffic.serverHeader()) {
                    case REMOVE -> ClientTraffic.ServerHeader.REMOVE;
                    case PASS -> ClientTraffic.ServerHeader.PASS;
                },
                new ClientTraffic.RequestId(
                        traffic.requestID().header(),
                        switch (traffic.requestID().mode()) {
                            case KEEP_OR_GENERATE -> ClientTraffic.RequestId.Mode.KEEP_OR_GENERATE;
                            case GENERATE -> ClientTraffic.RequestId.Mode.GENERATE;
                            case DISABLED -> ClientTraffic.RequestId.Mode.DISABLED;
                        }),
                switch (traffic.normalization().escapedSlashes()) {
                    case REJECT -> ClientTraffic.EscapedSlashes.REJECT;
                    case KEEP -> ClientTraffic.EscapedSlashes.KEEP;
                    case UNESCAPE -> ClientTraffic.EscapedSlashes.UNESCAPE;
                },
                switch (traffic.normalization().underscoreHeaders()) {
                    case DROP -> ClientTraffic.UnderscoreHeaders.DROP;
                    case REJECT -> ClientTraffic.UnderscoreHeaders.REJECT;
                    case ALLOW -> ClientTraffic.UnderscoreHeaders.ALLOW;
                },
                Limits.read(traffic, problems));
    }

    private static ClientTraffic.ForwardingHeader header(TrustedProxies.Header header) {
        return switch (header) {
            case X_FORWARDED_FOR -> ClientTraffic.ForwardingHeader.X_FORWARDED_FOR;
            case FORWARDED -> ClientTraffic.ForwardingHeader.FORWARDED;
            case X_REAL_IP -> ClientTraffic.ForwardingHeader.X_REAL_IP;
        };
    }

    static AccessLog read(@Nullable Telemetry telemetry) {
        if (telemetry == null) {
            return AccessLog.DEFAULT;
        }
        var log = telemetry.accessLog();
        return new AccessLog(
                switch (log.format()) {
                    case JSON -> AccessLog.Format.JSON;
                    case TEXT -> AccessLog.Format.TEXT;
                    case DISABLED -> AccessLog.Format.DISABLED;
                },
                log.samplingPercent());
    }
}
