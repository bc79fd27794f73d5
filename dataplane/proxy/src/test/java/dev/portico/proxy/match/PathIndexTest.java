package dev.portico.proxy.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.proxy.match.Candidate.Ranked;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathIndexTest {
    private static final int PATHS = 10_000;
    /** At random 10,000 in 32,768 places leave no run much longer. */
    private static final int FEW = 24;

    /** Where paths stand side by side, who looks for the last of them meets all others first. */
    @ParameterizedTest
    @ValueSource(strings = {"/service-%d", "/service-%05d", "/v%d", "/%x", "/tenants/%d/orders"})
    void paths_that_count_up_do_not_stand_side_by_side(String pattern) {
        List<String> paths =
                IntStream.range(0, PATHS).mapToObj(pattern::formatted).toList();
        @Nullable
        Object[] index =
                PathIndex.exact(paths.stream().collect(Collectors.toMap(path -> path, path -> List.of(ranked(path)))));

        assertThat(paths).allSatisfy(path -> assertThat(find(index, path)).isEqualTo(path));
        assertThat(longestRun(index)).isLessThan(FEW);
    }

    @Test
    void paths_of_one_hash_are_told_apart() {
        assertThat("/Aa").hasSameHashCodeAs("/BB");
        @Nullable Object[] alone = PathIndex.exact(Map.of("/Aa", List.of(ranked("/Aa"))));
        assertThat(find(alone, "/Aa")).isEqualTo("/Aa");
        assertThat(find(alone, "/BB")).isNull();

        @Nullable Object[] both = PathIndex.exact(Map.of("/Aa", List.of(ranked("/Aa")), "/BB", List.of(ranked("/BB"))));
        assertThat(find(both, "/Aa")).isEqualTo("/Aa");
        assertThat(find(both, "/BB")).isEqualTo("/BB");
    }

    private static Ranked<String> ranked(String path) {
        Match match = Match.path(PathMatch.Kind.EXACT, path);
        return new Ranked<>(Summary.of(match, 0), Conditions.of(match), path);
    }

    private static @Nullable Object find(@Nullable Object[] index, String path) {
        var head = new RequestHead("GET", "http", "shop", "shop", path, null, new DefaultHttpHeaders());
        return PathIndex.first(index, PathIndex.at(index, path, path.length(), path.hashCode()), head);
    }

    private static int longestRun(@Nullable Object[] index) {
        int longest = 0;
        int run = 0;
        for (int place = 0; place < index.length; place += PathIndex.WIDTH) {
            run = index[place] == null ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
