package dev.portico.operator.term;

import static dev.portico.operator.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.watch.KubernetesLease;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
final class CampaignTest {
    private static final Timing QUICK =
            new Timing(Duration.ofMillis(3000), Duration.ofMillis(2000), Duration.ofMillis(50));

    @SuppressWarnings("NullAway.Init") // set by the extension
    private KubernetesClient client;

    private final List<Campaign> campaigns = new ArrayList<>();
    private final AtomicInteger leads = new AtomicInteger();
    private final AtomicInteger terms = new AtomicInteger();

    @AfterEach
    void close() {
        campaigns.forEach(Campaign::close);
    }

    @Test
    void theFirstLeadsAndTheNextDoesOnceTheFirstIsGoneInAHigherTerm() {
        var first = campaign("first");
        await().until(() -> first.term().isPresent());
        assertThat(first.term()).hasValue(1);
        var second = campaign("second");
        await().during(Duration.ofMillis(300)).until(() -> second.term().isEmpty());

        first.close();
        await().until(() -> second.term().isPresent());
        assertThat(second.term()).hasValue(2);
        assertThat(first.term()).isEmpty();
    }

    @Test
    void aLeaseThatIsTakenAwayEndsLeadershipAndTheCampaignGoesOn() {
        var campaign = campaign("us");
        await().until(() -> campaign.term().isPresent());
        await().ignoreExceptions().until(() -> {
            client.leases()
                    .inNamespace("portico")
                    .withName("portico-operator")
                    .edit(lease -> holder(lease, "somebody"));
            return campaign.term().isEmpty();
        });
        // Nobody renews it, so it runs out.
        await().until(() -> campaign.term().isPresent());
        assertThat(campaign.term()).hasValue(2);
    }

    @Test
    void aDeletedLeaseGivesATermThatIsHigherThanAnyBefore() {
        var campaign = campaign("us");
        await().until(() -> campaign.term().isPresent());
        campaign.raiseAbove(41);
        await().until(() -> campaign.term().orElse(0) == 42);
        client.leases().inNamespace("portico").withName("portico-operator").delete();
        await().until(() -> campaign.term().orElse(0) > 42);
        await().until(() -> terms.get() == 2);
        assertThat(leads).hasValue(1);
    }

    @Test
    void aTermThatAPodHasSeenRaisesOursAndAnAbsurdOneDoesNot() {
        var campaign = campaign("us");
        await().until(() -> campaign.term().isPresent());
        campaign.raiseAbove(Long.MAX_VALUE);
        campaign.raiseAbove(1);
        await().until(() -> campaign.term().orElse(0) == 2);
        campaign.raiseAbove(1);
        await().during(Duration.ofMillis(200)).until(() -> campaign.term().orElse(0) == 2);
    }

    @Test
    void aPodThatAlwaysClaimsAHigherTermRaisesOursOnceInFiveSecondsAndTheHighestClaimIsHeededThen() {
        var campaign = campaign("us");
        await().until(() -> campaign.term().isPresent());
        var began = System.nanoTime();
        campaign.raiseAbove(1);
        await().until(() -> campaign.term().orElse(0) == 2);
        campaign.raiseAbove(40);
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            var own = campaign.term().orElse(0);
            campaign.raiseAbove(own);
            return own > 2;
        });
        assertThat(campaign.term()).hasValue(41);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anApiServerThatDoesNotAnswerEndsLeadershipAndNotTheCampaign() {
        var away = new AtomicBoolean();
        var campaign = start("us", reachedUnless(away), QUICK);
        await().until(() -> campaign.term().isPresent());
        away.set(true);
        await().until(() -> campaign.term().isEmpty());
        away.set(false);
        await().until(() -> campaign.term().isPresent());
        // Nobody else held it meanwhile, so it is the same term.
        assertThat(campaign.term()).hasValue(1);
    }

    @Test
    void aTermThatLapsedBetweenTwoAttemptsIsToldWhenItIsHeldAgain() {
        var away = new AtomicBoolean();
        // The one attempt before the term lapses fails, the one after it does not.
        var timing = new Timing(Duration.ofMillis(5000), Duration.ofMillis(1100), Duration.ofMillis(1000));
        var campaign = start("us", reachedUnless(away), timing);
        await().until(() -> campaign.term().isPresent());
        away.set(true);
        await().until(() -> campaign.term().isEmpty());
        var told = leads.get();
        away.set(false);
        await().until(() -> campaign.term().isPresent() && leads.get() > told);
    }

    private LeaseStore reachedUnless(AtomicBoolean away) {
        var lease = new KubernetesLease(client, "portico");
        return new LeaseStore() {
            @Override
            public Optional<Lease> read() {
                if (away.get()) {
                    throw new IllegalStateException("connection refused");
                }
                return lease.read();
            }

            @Override
            public Optional<Lease> write(Lease changed) {
                return lease.write(changed);
            }
        };
    }

    private Campaign campaign(String holder) {
        return start(holder, new KubernetesLease(client, "portico"), QUICK);
    }

    private Campaign start(String holder, LeaseStore store, Timing timing) {
        var campaign = Campaign.start(store, holder, timing, leads::incrementAndGet, terms::incrementAndGet);
        campaigns.add(campaign);
        return campaign;
    }

    private static Lease holder(Lease lease, String holder) {
        lease.getSpec().setHolderIdentity(holder);
        return lease;
    }
}
