package dev.portico.operator.term;

import java.time.Duration;

/**
 * The clockwork of a campaign.
 *
 * @param lease how long others wait after the last renewal they saw
 * @param renewWithin how long a leader goes on without having renewed; shorter than {@code lease}
 * @param retry time between two attempts
 */
public record Timing(Duration lease, Duration renewWithin, Duration retry) {
    public static final Timing DEFAULT =
            new Timing(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

    public Timing {
        if (renewWithin.compareTo(lease) >= 0 || retry.compareTo(renewWithin) >= 0) {
            throw new IllegalArgumentException("timing is " + lease + ", " + renewWithin + ", " + retry
                    + ", expected lease > renewWithin > retry");
        }
    }
}
