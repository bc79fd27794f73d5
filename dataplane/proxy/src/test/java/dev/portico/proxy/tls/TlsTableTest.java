package dev.portico.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.routetable.Certificate;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HostPattern.Kind;
import java.io.IOException;
import java.io.StringWriter;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;

final class TlsTableTest {
    private static final HostPattern A = new HostPattern(Kind.EXACT, "a.example.org");
    private static final HostPattern B = new HostPattern(Kind.EXACT, "b.example.org");
    private static final Issued GOOD = Issued.by("EC", "a.example.org");

    @Test
    void whatTlsRefusesIsNamedAndCostsOnlyItself() throws Exception {
        try (var server = TlsServer.both()) {
            TlsTable table = server.load(
                    GOOD.certificate("good", A),
                    certificate("garbage", "no PEM", GOOD.key()),
                    certificate("truncated", GOOD.chain().substring(0, 200), GOOD.key()),
                    certificate("no-key", GOOD.chain(), "no PEM"),
                    certificate("damaged-key", GOOD.chain(), GOOD.key().replaceFirst("\\n.{8}", "\nAAAAAAAA")),
                    certificate(
                            "other-key",
                            GOOD.chain(),
                            Issued.by("EC", "a.example.org").key()),
                    certificate(
                            "other-kind",
                            GOOD.chain(),
                            Issued.by("Ed25519", "a.example.org").key()),
                    Issued.by(Issued.keys("RSA", 1024), "b.example.org").certificate("weak", B));
            assertThat(table.problems())
                    .containsOnlyKeys(
                            "garbage", "truncated", "no-key", "damaged-key", "other-key", "other-kind", "weak")
                    .containsEntry("other-key", "the key does not belong to the certificate")
                    .containsEntry("weak", "the RSA key has 1024 bits, expected 2048 to 8192");
            try (var client = server.connect().naming("a.example.org").open()) {
                assertThat(client.shown()).isEqualTo("CN=a.example.org");
            }
        }
    }

    @Test
    void whatBoringSslRefusesInTheHandshakeIsNamedWhenTheTableIsLoaded() throws Exception {
        var bouncy = new BouncyCastleProvider();
        var generator = KeyPairGenerator.getInstance("EC", bouncy);
        generator.initialize(new ECGenParameterSpec("secp256k1"));
        KeyPair unusual = generator.generateKeyPair();
        KeyPair usual = Issued.keys("EC", 256);
        var signer = new JcaContentSignerBuilder("SHA256withECDSA");
        try (var server = TlsServer.both()) {
            TlsTable table = server.load(
                    Issued.by(
                                    unusual,
                                    "b.example.org",
                                    null,
                                    new JcaContentSignerBuilder("SHA256withECDSA").setProvider(bouncy))
                            .certificate("secp256k1", B),
                    Issued.by(usual, "b.example.org", new KeyUsage(KeyUsage.keyAgreement), signer)
                            .certificate("agreement-only", B),
                    Issued.by(usual, "a.example.org", new KeyUsage(KeyUsage.digitalSignature), signer)
                            .certificate("good", A));
            assertThat(table.problems()).containsOnlyKeys("secp256k1", "agreement-only");
            assertThat(table.problems().get("agreement-only")).contains("digitalSignature");
            try (var client = server.connect().naming("a.example.org").open()) {
                assertThat(client.shown()).isEqualTo("CN=a.example.org");
            }
        }
    }

    @Test
    void aKeyThatCarriesTheCertifiedOneAsItsPublicHalfNeedNotSign() throws Exception {
        KeyPair keys = Issued.keys("EC", 256);
        Issued issued = Issued.by(keys, "b.example.org");
        try (var server = TlsServer.both()) {
            TlsTable table = server.load(certificate("whole", issued.chain(), carrying(keys.getPublic(), keys)));
            assertThat(table.problems()).isEmpty();
            try (var client = server.connect().naming("b.example.org").open()) {
                assertThat(client.shown()).isEqualTo("CN=b.example.org");
            }
        }
    }

    @Test
    void aKeyThatIsNotOfItsPublicHalfIsNamedByTheFirstHandshake() throws Exception {
        KeyPair keys = Issued.keys("EC", 256);
        Issued issued = Issued.by(keys, "b.example.org");
        try (var server = TlsServer.both()) {
            TlsTable table = server.load(
                    GOOD.certificate("good", A),
                    certificate("contradictory", issued.chain(), carrying(keys.getPublic(), Issued.keys("EC", 256))));
            assertThatThrownBy(() -> server.connect().naming("b.example.org").open())
                    .isInstanceOf(IOException.class);
            assertThat(table.problems()).containsOnlyKeys("contradictory");
            try (var client = server.connect().naming("a.example.org").open()) {
                assertThat(client.shown()).isEqualTo("CN=a.example.org");
            }
        }
    }

    @Test
    void aKeyOfAnotherKindDoesNotBelongWhateverItEndsWith() throws Exception {
        KeyPair keys = Issued.keys("EC", 256);
        var edwards = PrivateKeyInfo.getInstance(
                Issued.keys("Ed25519", 256).getPrivate().getEncoded());
        var disguised = new PrivateKeyInfo(
                edwards.getPrivateKeyAlgorithm(), edwards.parsePrivateKey(), null, point(keys.getPublic()));
        try (var server = TlsServer.both()) {
            TlsTable table = server.load(
                    certificate("disguised", Issued.by(keys, "b.example.org").chain(), pem(disguised)));
            assertThat(table.problems()).containsEntry("disguised", "the key does not belong to the certificate");
        }
    }

    @Test
    void aProblemNeverShowsTheKey() throws Exception {
        try (var server = TlsServer.both()) {
            String body = GOOD.key().lines().skip(1).findFirst().orElseThrow();
            TlsTable table =
                    server.load(certificate("bad", "x", GOOD.key()), certificate("worse", GOOD.chain(), "x" + body));
            assertThat(table.problems().toString()).doesNotContain(body);
        }
    }

    @Test
    void aContextIsKeptUntilItsOwnCertificateChanges() {
        try (var server = TlsServer.both()) {
            Issued other = Issued.by("EC", "b.example.org");
            TlsTable before = server.load(GOOD.certificate("a", A), other.certificate("b", B));
            ServerContext a = context(before, "a.example.org");
            ServerContext b = context(before, "b.example.org");
            TlsTable same = server.load(GOOD.certificate("a", A), other.certificate("b", B));
            assertThat(same).isSameAs(before);
            TlsTable after =
                    server.load(GOOD.certificate("a", A), Issued.by("EC", "new").certificate("b", B));
            assertThat(context(after, "a.example.org")).isSameAs(a);
            assertThat(context(after, "b.example.org")).isNotSameAs(b);
        }
    }

    @Test
    void aConnectionCarriesTheHostsOfItsCertificateAndNoOthers() {
        try (var server = TlsServer.both()) {
            ListenerTls tls = listener(server.load(
                    GOOD.certificate("a", A, new HostPattern(Kind.ONE_LABEL, "shop.example.org")),
                    GOOD.certificate("b", B),
                    GOOD.certificate("any", HostPattern.ANY)));
            assertThat(tls.covers("a.example.org", "a.example.org")).isTrue();
            assertThat(tls.covers("a.example.org", "x.shop.example.org")).isTrue();
            assertThat(tls.covers("a.example.org", "b.example.org")).isFalse();
            assertThat(tls.covers("a.example.org", "elsewhere.example.org")).isFalse();
            assertThat(tls.covers(null, "elsewhere.example.org")).isTrue();
            assertThat(tls.covers(null, "a.example.org")).isFalse();
        }
    }

    /** The private key of a pair as RFC 5915 has it, with a public key at its end. */
    private static String carrying(PublicKey half, KeyPair keys) throws IOException {
        var info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
        var whole = new org.bouncycastle.asn1.sec.ECPrivateKey(
                256, ((ECPrivateKey) keys.getPrivate()).getS(), new DERBitString(point(half)), null);
        return pem(new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), whole));
    }

    private static byte[] point(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getOctets();
    }

    private static String pem(PrivateKeyInfo key) throws IOException {
        var pem = new StringWriter();
        try (var writer = new PemWriter(pem)) {
            writer.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
        }
        return pem.toString();
    }

    private static Certificate certificate(String id, String chain, String key) {
        return new Certificate(id, List.of("https"), List.of(B), chain, key);
    }

    private static ListenerTls listener(TlsTable table) {
        return Objects.requireNonNull(table.listener("https"));
    }

    private static ServerContext context(TlsTable table, String name) {
        return Objects.requireNonNull(listener(table).context(name));
    }
}
