package dev.portico.operator.identity;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * Portico's own certificate authority, known to nobody but the operator and its data planes.
 *
 * <p>It has one key, or two while one takes the place of the other: the newest issues for data planes, all are trusted,
 * and the operator has a certificate of each, for a pod knows a new one only once its files have been renewed.
 */
public final class Authority {
    /** The name in the operator's client certificate. */
    public static final String OPERATOR = "portico://operator";

    private final List<Signer> signers;

    /** @param signers the newest first */
    private Authority(List<Signer> signers) {
        this.signers = List.copyOf(signers);
    }

    /** The name in the server certificates of a data plane. */
    public static String nameOf(String dataPlane) {
        return "portico://data-plane/" + dataPlane;
    }

    public static Authority create(Instant now) {
        return new Authority(List.of(Signer.create(now)));
    }

    /** An authority that was kept as {@link #certificates} and {@link #keys}; refuses what is none, or half of one. */
    public static Authority read(String certificates, String keys) throws GeneralSecurityException {
        var ofCertificates = Pem.blocks(certificates);
        var ofKeys = Pem.blocks(keys);
        if (ofCertificates.isEmpty() || ofCertificates.size() != ofKeys.size()) {
            throw new GeneralSecurityException("it has " + ofCertificates.size() + " certificates and " + ofKeys.size()
                    + " keys, expected as many of both");
        }
        var signers = new ArrayList<Signer>();
        for (int i = 0; i < ofKeys.size(); i++) {
            signers.add(Signer.read(ofCertificates.get(i), ofKeys.get(i)));
        }
        return new Authority(signers);
    }

    /** As PEM, the newest first. */
    public String certificates() {
        return pem(signer -> Pem.of(signer.certificate()));
    }

    /** As PEM, in the order of the certificates. */
    public String keys() {
        return pem(signer -> Pem.of(signer.key()));
    }

    /** With a new key beside the one that has used up most of its time, and without those whose time is over. */
    public Optional<Authority> renewed(Instant now) {
        if (!signers.getFirst().renewable(now)) {
            return Optional.empty();
        }
        var next = new ArrayList<>(List.of(Signer.create(now)));
        signers.stream().filter(signer -> signer.end().isAfter(now)).forEach(next::add);
        return Optional.of(new Authority(next));
    }

    /** What pods of the data plane show to the operator: good for servers only. */
    public Identity dataPlane(String dataPlane, Instant now) {
        return signers.getFirst().issue(nameOf(dataPlane), KeyPurposeId.id_kp_serverAuth, certificates(), now);
    }

    /** Whether an identity is what {@link #dataPlane} would issue now, and has time left. */
    boolean stands(Identity held, String dataPlane, Instant now) {
        try {
            var leaf = Pem.certificate(held.certificate());
            return held.authority().equals(certificates())
                    && !held.renewable(now)
                    && namesOf(leaf).contains(nameOf(dataPlane))
                    && signers.getFirst().issued(leaf)
                    && Pem.belongs(Pem.key(held.key()), leaf);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** What the operator shows to pods, good for clients only: for each key that pods may know. */
    public List<Identity> operator(Instant now) {
        return signers.stream()
                .map(signer -> signer.issue(OPERATOR, KeyPurposeId.id_kp_clientAuth, certificates(), now))
                .toList();
    }

    private String pem(Function<Signer, String> part) {
        return signers.stream().map(part).collect(Collectors.joining());
    }

    /** The URI names of a certificate. */
    public static List<String> namesOf(X509Certificate certificate) throws GeneralSecurityException {
        var names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return List.of();
        }
        return names.stream()
                .filter(name ->
                        Integer.valueOf(GeneralName.uniformResourceIdentifier).equals(name.get(0)))
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }
}
