package io.turnout.systemtests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules, and what the engine must never touch. The picture is in docs/ARCHITECTURE.md. */
@AnalyzeClasses(
        packages = "io.turnout",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeJarsOfTests.class})
final class ArchitectureTest {

    @ArchTest
    static final ArchRule ENGINE_USES_ONLY_PORTS_CODECS_AND_AGRONA = classes()
            .that()
            .resideInAPackage("io.turnout.core.engine..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.turnout.core.engine..",
                    "io.turnout.core.ports..",
                    "io.turnout.codecs.sbe.engine..",
                    "org.agrona..",
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.nio"));

    @ArchTest
    static final ArchRule ENGINE_HAS_NO_CLOCK_THREAD_OR_RANDOM = noClasses()
            .that()
            .resideInAPackage("io.turnout.core.engine..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Math$RandomNumberGeneratorHolder")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Double")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Float");

    @ArchTest
    static final ArchRule ENGINE_HAS_NO_FLOATING_POINT =
            noClasses().that().resideInAPackage("io.turnout.core.engine..").should(Rules.useFloatingPoint());

    @ArchTest
    static final ArchRule PORTS_POINT_NOWHERE = classes()
            .that()
            .resideInAPackage("io.turnout.core.ports..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("io.turnout.core.ports..", "org.agrona..", "java.lang.."));

    @ArchTest
    static final ArchRule CONFIGURATION_USES_NO_OTHER_MODULE = module("configuration");

    @ArchTest
    static final ArchRule SECURITY_USES_NO_OTHER_MODULE = module("security");

    @ArchTest
    static final ArchRule JOURNAL_USES_NO_OTHER_MODULE = module("journal");

    @ArchTest
    static final ArchRule CODECS_USE_ONLY_CONFIGURATION = module("codecs", "configuration");

    @ArchTest
    static final ArchRule CORE_USES_CODECS_AND_JOURNAL = module("core", "codecs", "journal");

    @ArchTest
    static final ArchRule GATEWAY_USES_CODECS_PORTS_AND_SECURITY =
            module("gateway", "codecs", "core.ports", "security");

    @ArchTest
    static final ArchRule SIMULATORS_USE_CODECS_NET_AND_SECURITY =
            module("simulators", "codecs", "configuration", "gateway.net", "security");

    @ArchTest
    static final ArchRule CHRONICLE_IS_HIDDEN = onlyIn("net.openhft..", "io.turnout.journal.chronicle..");

    @ArchTest
    static final ArchRule DISRUPTOR_IS_HIDDEN = onlyIn("com.lmax..", "io.turnout.core.pipeline..");

    @ArchTest
    static final ArchRule NETTY_IS_HIDDEN = onlyIn("io.netty..", "io.turnout.gateway.net..");

    @ArchTest
    static final ArchRule YAML_LIBRARY_IS_HIDDEN = onlyIn("org.snakeyaml..", "io.turnout.configuration..");

    @ArchTest
    static final ArchRule BOUNCY_CASTLE_IS_HIDDEN = onlyIn("org.bouncycastle..", "io.turnout.security..");

    @ArchTest
    static final ArchRule COMMAND_LINE_IS_THE_LAUNCHERS = onlyIn("picocli..", "io.turnout.launcher..");

    @ArchTest
    static final ArchRule ONLY_THE_LAUNCHER_CREATES_THREADS = noClasses()
            .that(resideInAPackage("io.turnout..").and(Rules.outside("io.turnout.launcher", "io.turnout.benchmarks")))
            .should()
            .callConstructor(Thread.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class, String.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.Executors")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.agrona.concurrent.AgentRunner");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.turnout.(*)..").should().beFreeOfCycles();

    private static ArchRule module(final String name, final String... uses) {
        return noClasses()
                .that()
                .resideInAPackage("io.turnout." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.turnout..").and(Rules.outsideOf(name, uses)));
    }

    private static ArchRule onlyIn(final String library, final String home) {
        return noClasses()
                .that(resideInAPackage("io.turnout..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage(home))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    /** What a module's tests lend to those of others. */
    static final class DoNotIncludeJarsOfTests implements ImportOption {
        @Override
        public boolean includes(final Location location) {
            return !location.contains("-tests.jar");
        }
    }
}
