package dev.portico.crds.check;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule in CEL, compiled once; {@code fieldPath} is where a breach is reported, relative to the place of the rule. */
record Rule(CelRuntime.Program program, String message, String fieldPath) {

    private static long compare(Long one, Long other) {
        return one.compareTo(other);
    }

    /** Asks the rule about a value; answers with what is wrong. */
    @Nullable
    String breach(Object self) {
        try {
            return Boolean.TRUE.equals(program.eval(Map.of("self", self))) ? null : message;
        } catch (CelEvaluationException e) {
            return e.getMessage() + " evaluating rule: " + message;
        }
    }

    /** Compiles rules as the API server does: CEL with Kubernetes's functions on addresses and quantities. */
    static final class Compiler {
        /** Of the whole quantities that fields may have, which fit into an integer. */
        private static final CelFunctionDecl QUANTITY = CelFunctionDecl.newFunctionDeclaration(
                "quantity", CelOverloadDecl.newGlobalOverload("quantity_string", SimpleType.INT, SimpleType.STRING));

        private static final CelFunctionDecl COMPARE_TO = CelFunctionDecl.newFunctionDeclaration(
                "compareTo",
                CelOverloadDecl.newMemberOverload(
                        "quantity_compareTo", SimpleType.INT, SimpleType.INT, SimpleType.INT));

        private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("self", SimpleType.DYN)
                .addFunctionDeclarations(predicate("isIP"), predicate("isCIDR"))
                .addFunctionDeclarations(QUANTITY, COMPARE_TO)
                .build();
        private final CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder()
                .addFunctionBindings(CelFunctionBinding.fromOverloads(
                        "isIP", CelFunctionBinding.from("isIP_string", String.class, Addresses::isIp)))
                .addFunctionBindings(CelFunctionBinding.fromOverloads(
                        "isCIDR", CelFunctionBinding.from("isCIDR_string", String.class, Addresses::isCidr)))
                .addFunctionBindings(CelFunctionBinding.fromOverloads(
                        "quantity", CelFunctionBinding.from("quantity_string", String.class, Quantities::bytes)))
                .addFunctionBindings(CelFunctionBinding.fromOverloads(
                        "compareTo",
                        CelFunctionBinding.from("quantity_compareTo", Long.class, Long.class, Rule::compare)))
                .build();

        Rule compile(String rule, String message, String fieldPath) {
            try {
                return new Rule(runtime.createProgram(compiler.compile(rule).getAst()), message, fieldPath);
            } catch (CelValidationException | CelEvaluationException e) {
                throw new IllegalStateException("rule is " + rule + ", expected CEL that this checker knows", e);
            }
        }

        private static CelFunctionDecl predicate(String name) {
            return CelFunctionDecl.newFunctionDeclaration(
                    name, CelOverloadDecl.newGlobalOverload(name + "_string", SimpleType.BOOL, SimpleType.STRING));
        }
    }
}
