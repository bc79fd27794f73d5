package dev.portico.proxy.intake;

import dev.portico.proxy.runtime.Change;
import dev.portico.proxy.runtime.Serving;
import dev.portico.proxy.runtime.Table;
import dev.portico.proxy.runtime.TableCompiler;
import dev.portico.wire.Answer;
import dev.portico.wire.Answer.Ack;
import dev.portico.wire.Answer.Nack;
import dev.portico.wire.Answer.Reason;
import dev.portico.wire.Push;
import dev.portico.wire.SectionCodec;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a push and applies it: all of it or nothing, one at a time. */
public final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final String dataPlane;
    private final TableCompiler compiler;
    private final Serving serving;
    private final Carrier carrier;
    private final IntakeFigures figures;
    private final ReentrantLock lock = new ReentrantLock();
    private final Sections sections = new Sections();
    private long highestTerm;
    private long loadedTerm;
    private long loadedVersion;

    public Intake(String dataPlane, TableCompiler compiler, Serving serving, Carrier carrier, IntakeFigures figures) {
        this.dataPlane = dataPlane;
        this.compiler = compiler;
        this.serving = serving;
        this.carrier = carrier;
        this.figures = figures;
    }

    /** Applies a push. Listeners are bound and the table serves when this returns an ACK. */
    public Answer push(Push push) {
        lock.lock();
        try {
            apply(push);
            figures.acked(loadedVersion, loadedTerm);
            return state();
        } catch (RefusedException e) {
            return refuse(e.reason(), e.getMessage() == null ? "" : e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** Answers a push that could not even be read. */
    public Nack refuse(Reason reason, String message) {
        lock.lock();
        try {
            LOG.warn("refused a push: {}: {}", reason, message);
            figures.nacked(reason);
            return new Nack(loadedVersion, highestTerm, sections.root().toString(), reason, message);
        } finally {
            lock.unlock();
        }
    }

    /** What is loaded. */
    public Ack state() {
        lock.lock();
        try {
            Carrier.Outcomes outcomes = carrier.outcomes();
            return new Ack(
                    loadedVersion,
                    highestTerm,
                    sections.root().toString(),
                    SectionCodec.words(),
                    outcomes.listeners(),
                    outcomes.certificates());
        } finally {
            lock.unlock();
        }
    }

    /** The whole table as a push, for the last known good and the debug page. */
    public Push whole() {
        lock.lock();
        try {
            return new Push(
                    dataPlane, loadedTerm, loadedVersion, null, sections.root().toString(), sections.all(), List.of());
        } finally {
            lock.unlock();
        }
    }

    private void apply(Push push) throws RefusedException {
        checkSender(push);
        highestTerm = Math.max(highestTerm, push.term());
        if (isLoaded(push)) {
            return;
        }
        if (push.base() != null && !push.base().equals(sections.root().toString())) {
            throw new RefusedException(
                    Reason.MISSING_BASE, "base is " + push.base() + ", here is " + sections.root() + ": send all");
        }
        Sections.Draft draft = sections.draft(push);
        if (!draft.root().toString().equals(push.root())) {
            throw new RefusedException(
                    Reason.BROKEN_HASH, "the sections add up to " + draft.root() + ", announced is " + push.root());
        }
        Table next = compile(draft.change());
        carry(next);
        draft.commit();
        loadedTerm = push.term();
        loadedVersion = push.version();
        LOG.info("serving version {} of term {}: {} sections", loadedVersion, loadedTerm, sections.size());
    }

    /** What the table says was checked before; whatever still goes wrong must not leave half of it behind. */
    private void carry(Table next) throws RefusedException {
        Table former = serving.table();
        try {
            carrier.carry(next);
        } catch (RuntimeException e) {
            LOG.error("a table cannot be carried out, the former one serves on", e);
            carrier.carry(former);
            throw new RefusedException(Reason.FAILED, "the table cannot be carried out: " + e);
        }
    }

    private void checkSender(Push push) throws RefusedException {
        if (!push.dataPlane().equals(dataPlane)) {
            throw new RefusedException(
                    Reason.WRONG_DATA_PLANE, "push is for " + push.dataPlane() + ", this is " + dataPlane);
        }
        if (push.term() < highestTerm) {
            throw new RefusedException(
                    Reason.OLDER_TERM, "term is " + push.term() + ", term " + highestTerm + " has pushed here");
        }
        if (push.term() == loadedTerm && push.version() < loadedVersion) {
            throw new RefusedException(
                    Reason.OLDER_TERM,
                    "version is " + push.version() + " of term " + loadedTerm + ", version " + loadedVersion
                            + " serves");
        }
    }

    /** The same push again: its answer was lost on the way. */
    private boolean isLoaded(Push push) {
        return push.term() == loadedTerm
                && push.version() == loadedVersion
                && push.root().equals(sections.root().toString());
    }

    private Table compile(Change change) throws RefusedException {
        try {
            return compiler.compile(serving.table(), change);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
