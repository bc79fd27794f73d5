package dev.portico.standalone.admission;

import dev.portico.crds.check.Finding;
import dev.portico.crds.check.OfflineChecker;
import dev.portico.standalone.folder.LocatedProblem;
import dev.portico.standalone.folder.SourceObject;
import java.util.LinkedHashMap;
import java.util.List;

/** Judges by the CRDs and by the rules of Kubernetes' own kinds, without an API server. */
public final class OfflineJudge implements Judge {
    private final OfflineChecker checker = OfflineChecker.portico();

    @Override
    public Verdict judge(SourceObject source) {
        var checked = checker.check(source.content());
        return checked.accepted()
                ? new Verdict(new LinkedHashMap<>(checked.object()), List.of())
                : new Verdict(
                        null,
                        Causes.of(checked.findings(), source.places()).stream()
                                .map(finding -> problem(source, finding))
                                .toList());
    }

    private static LocatedProblem problem(SourceObject source, Finding finding) {
        return source.problem(finding.field(), expectation(finding));
    }

    private static String expectation(Finding finding) {
        var more = finding.expectation();
        return switch (finding.kind()) {
            case REQUIRED -> more.isEmpty() ? "is required" : "is required: " + more;
            case DUPLICATE -> more.isEmpty() ? "stands here a second time" : "stands here a second time: " + more;
            case INVALID, WRONG_TYPE, UNSUPPORTED, TOO_LONG, TOO_MANY, UNKNOWN_FIELD, REFUSED ->
                more.isEmpty() ? finding.message() : more.replace(finding.field() + " in body ", "");
        };
    }
}
