package dev.portico.operator.source.secret;

import java.io.IOException;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** The kinds of keys with which data planes serve: those that BoringSSL signs handshakes of TLS 1.2 and 1.3 with. */
final class ServedKeys {
    private static final int SMALLEST_RSA = 1024;
    private static final int LARGEST_RSA = 8192;
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private ServedKeys() {}

    /** Why nothing can be served with a key; null where something can. */
    static @Nullable String refusal(PrivateKeyInfo key) throws IOException {
        var algorithm = key.getPrivateKeyAlgorithm().getAlgorithm();
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            var bits = RSAPrivateKey.getInstance(key.parsePrivateKey())
                    .getModulus()
                    .bitLength();
            return bits >= SMALLEST_RSA && bits <= LARGEST_RSA
                    ? null
                    : "is an RSA key of " + bits + " bits, expected " + SMALLEST_RSA + " to " + LARGEST_RSA;
        }
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return key.getPrivateKeyAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
                            && CURVES.contains(curve)
                    ? null
                    : "is an ECDSA key of a curve with which TLS does not serve, expected P-256, P-384 or P-521";
        }
        return algorithm.equals(EdECObjectIdentifiers.id_Ed25519)
                ? null
                : "is of the kind " + algorithm + ", expected RSA, ECDSA or Ed25519";
    }
}
