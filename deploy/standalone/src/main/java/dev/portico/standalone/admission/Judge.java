package dev.portico.standalone.admission;

import dev.portico.standalone.folder.SourceObject;

/** Says whether an API server would take an object. */
@FunctionalInterface
public interface Judge {
    Verdict judge(SourceObject object);
}
