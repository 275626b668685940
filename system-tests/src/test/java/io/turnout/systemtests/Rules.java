package io.turnout.systemtests;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Set;

/** Words that the architecture's rules are written in. */
final class Rules {
    private static final Set<String> FLOATING_POINT =
            Set.of("float", "double", "float[]", "double[]", "java.math.BigDecimal");

    private Rules() {}

    /** Classes that live outside every one of the named packages. */
    static DescribedPredicate<JavaClass> outside(final String... packages) {
        return DescribedPredicate.describe("outside " + Arrays.toString(packages), javaClass -> Arrays.stream(packages)
                .noneMatch(name -> within(javaClass, name)));
    }

    /** Classes of the product that a module may not use: neither its own nor of the modules named. */
    static DescribedPredicate<JavaClass> outsideOf(final String module, final String... uses) {
        return DescribedPredicate.describe(
                "outside of " + module + " and " + Arrays.toString(uses),
                javaClass -> !within(javaClass, "io.turnout." + module)
                        && Arrays.stream(uses).noneMatch(use -> within(javaClass, "io.turnout." + use)));
    }

    /** Fields, parameters or results with a floating-point type. */
    static ArchCondition<JavaClass> useFloatingPoint() {
        return new ArchCondition<>("use floating-point numbers") {
            @Override
            public void check(final JavaClass javaClass, final ConditionEvents events) {
                javaClass.getFields().stream()
                        .filter(field ->
                                FLOATING_POINT.contains(field.getRawType().getName()))
                        .forEach(field -> events.add(SimpleConditionEvent.satisfied(field, field.getFullName())));
                javaClass.getCodeUnits().stream()
                        .filter(Rules::hasFloatingPoint)
                        .forEach(unit -> events.add(SimpleConditionEvent.satisfied(unit, unit.getFullName())));
            }
        };
    }

    private static boolean hasFloatingPoint(final JavaCodeUnit unit) {
        return FLOATING_POINT.contains(unit.getRawReturnType().getName())
                || unit.getRawParameterTypes().stream().anyMatch(type -> FLOATING_POINT.contains(type.getName()));
    }

    private static boolean within(final JavaClass javaClass, final String name) {
        return javaClass.getPackageName().equals(name)
                || javaClass.getPackageName().startsWith(name + ".");
    }
}
