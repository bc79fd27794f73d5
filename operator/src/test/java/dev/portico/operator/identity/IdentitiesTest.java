package dev.portico.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

final class IdentitiesTest {
    private static final Duration MOST_OF_A_YEAR = Duration.ofDays(250);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Authority kept = Authority.create(now);
    private final Identities identities = new Identities(this::readOrRenew, () -> now);
    private boolean away;

    @Test
    void anIdentityThatStandsIsKept() throws IOException {
        var first = identities.dataPlane("edge", null);
        assertThat(identities.dataPlane("edge", first)).isSameAs(first);
        pass(Duration.ofDays(19));
        assertThat(identities.dataPlane("edge", first)).isSameAs(first);
    }

    @Test
    void anIdentityIsReplacedLongBeforeItEnds() throws IOException {
        var first = identities.dataPlane("edge", null);
        pass(Duration.ofDays(21));
        var second = identities.dataPlane("edge", first);
        assertThat(second.notAfter()).isAfter(first.notAfter());
        assertThat(second.key()).isNotEqualTo(first.key());
        assertThat(identities.operator().getFirst().notAfter()).isAfter(now.plus(Duration.ofDays(29)));
    }

    @Test
    void whatDoesNotBelongTogetherIsReplaced() throws IOException {
        var held = identities.dataPlane("edge", null);
        var other = identities.dataPlane("other", null);
        assertThat(identities.dataPlane("edge", other)).isNotEqualTo(other);
        var foreignKey =
                new Identity(held.authority(), held.certificate(), other.key(), held.notBefore(), held.notAfter());
        assertThat(identities.dataPlane("edge", foreignKey)).isNotEqualTo(foreignKey);
        var noKey = new Identity(held.authority(), held.certificate(), "", held.notBefore(), held.notAfter());
        assertThat(identities.dataPlane("edge", noKey)).isNotEqualTo(noKey);
    }

    @Test
    void anIdentityIsReadAgainFromItsFiles() throws IOException {
        var issued = identities.dataPlane("edge", null);
        var read = Identity.of(issued.files()).orElseThrow();
        assertThat(identities.dataPlane("edge", read)).isSameAs(read);

        var half = new HashMap<>(issued.files());
        half.remove("tls.key");
        assertThat(Identity.of(half)).isEmpty();
        half.putAll(issued.files());
        half.put("tls.crt", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n");
        assertThat(Identity.of(half)).isEmpty();
    }

    @Test
    void aRenewedAuthorityIsTrustedBesideTheFormerUntilItsTimeIsOver() throws IOException, GeneralSecurityException {
        var former = kept;
        var held = identities.dataPlane("edge", null);
        pass(MOST_OF_A_YEAR);
        held = identities.dataPlane("edge", held);

        assertThat(held.authority()).endsWith(former.certificates()).isNotEqualTo(former.certificates());
        assertThat(identities.operator()).hasSize(2);
        var read = Authority.read(kept.certificates(), kept.keys());
        assertThat(read.certificates()).isEqualTo(held.authority());
        assertThat(read.keys()).isEqualTo(kept.keys());

        pass(MOST_OF_A_YEAR);
        identities.operator();
        assertThat(kept.certificates()).doesNotContain(former.certificates());
    }

    @Test
    void anAuthorityThatAnotherReplicaRenewedIsUsedWithinAMinute() throws IOException {
        var held = identities.dataPlane("edge", null);
        kept = kept.renewed(now.plus(MOST_OF_A_YEAR)).orElseThrow();
        pass(Duration.ofMinutes(1));
        assertThat(identities.authority()).isEqualTo(kept.certificates());
        assertThat(identities.dataPlane("edge", held).authority()).isEqualTo(kept.certificates());
    }

    @Test
    void anAuthorityThatCannotBeReadAgainIsUsedOn() throws IOException {
        var held = identities.dataPlane("edge", null);
        away = true;
        pass(Duration.ofHours(1));
        assertThat(identities.dataPlane("edge", held)).isSameAs(held);
        assertThat(identities.operator()).hasSize(1);
    }

    @Test
    void halfAnAuthorityIsRefused() {
        var authority = kept;
        assertThatThrownBy(() -> Authority.read(authority.certificates(), ""))
                .hasMessageContaining("1 certificates and 0 keys");
        assertThatThrownBy(() -> Authority.read(
                        authority.certificates(), Authority.create(now).keys()))
                .hasMessageContaining("does not belong");
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Authority readOrRenew(Instant at) throws IOException {
        if (away) {
            throw new IOException("away");
        }
        kept = kept.renewed(at).orElse(kept);
        return kept;
    }
}
