package dev.portico.standalone.run;

import dev.portico.operator.compile.Compiler;
import dev.portico.operator.model.CompileOptions;
import dev.portico.standalone.admission.Admission;
import dev.portico.standalone.admission.Decoder;
import dev.portico.standalone.admission.OfflineJudge;
import dev.portico.standalone.folder.LocatedProblem;
import dev.portico.standalone.folder.Reading;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that is wrong with a folder.
 *
 * @param objects how many objects there are that Portico reads
 */
public record Validation(int objects, List<LocatedProblem> problems) {
    public static Validation of(Path folder, Instant now) {
        var judge = new OfflineJudge();
        var admitted = new Additions(judge, null).complete(new Admission(judge).admit(Reading.of(folder)));
        var world = new Decoder().world(admitted.objects(), now);
        var options = CompileOptions.standalone(
                ProxyState.DATA_PLANE, RunOptions.PORT_OFFSET, Set.of(), Additions.DEFAULT_GATEWAY);
        var problems = new TreeSet<>(admitted.problems());
        problems.addAll(admitted.locate(new Compiler(options).compile(world).problems()));
        return new Validation(admitted.sources().size(), List.copyOf(problems));
    }
}
