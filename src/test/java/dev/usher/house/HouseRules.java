package dev.usher.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of the house that byte code can show; ARCHITECTURE.md says why each one is there. */
final class HouseRules {

    private static final String ROOT = "dev.usher";

    /** Calls that answer with the machine's time or with randomness nobody injected. */
    private static final Set<String> AMBIENT =
            Set.of(
                    "java.lang.Math.random",
                    "java.lang.System.currentTimeMillis",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.Clock.systemUTC",
                    "java.time.Instant.now",
                    "java.time.LocalDate.now",
                    "java.time.LocalDateTime.now",
                    "java.time.LocalTime.now",
                    "java.time.OffsetDateTime.now",
                    "java.time.ZonedDateTime.now",
                    "java.util.Date.<init>",
                    "java.util.Random.<init>",
                    "java.util.UUID.randomUUID",
                    "java.util.concurrent.ThreadLocalRandom.current",
                    "java.security.SecureRandom.<init>",
                    "java.security.SecureRandom.getInstance",
                    "java.security.SecureRandom.getInstanceStrong");

    private static final List<Class<?>> MUTABLE =
            List.of(
                    java.util.AbstractCollection.class,
                    java.util.AbstractMap.class,
                    java.util.concurrent.ConcurrentMap.class,
                    java.util.concurrent.locks.Lock.class,
                    java.lang.ThreadLocal.class,
                    java.lang.StringBuilder.class,
                    java.util.concurrent.atomic.AtomicBoolean.class,
                    java.util.concurrent.atomic.AtomicInteger.class,
                    java.util.concurrent.atomic.AtomicLong.class,
                    java.util.concurrent.atomic.AtomicReference.class);

    static final ArchRule RINGS = classes().should(importOnlyFromInnerRings());

    static final ArchRule NO_CYCLES = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    static final ArchRule JETTY =
            noClasses()
                    .that(are(not(topLevelIn("http", "JettyServer", "OutboundClient"))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.eclipse.jetty..")
                    .because("one file adapts the server, one the client");

    static final ArchRule JDBC =
            noClasses()
                    .that(are(not(inPackages(List.of("store")))))
                    .should()
                    .dependOnClassesThat(
                            are(
                                    resideInAnyPackage(
                                            "java.sql..",
                                            "javax.sql..",
                                            "org.jdbi..",
                                            "com.zaxxer..",
                                            "org.flywaydb..",
                                            "org.sqlite..",
                                            "org.postgresql..")))
                    .because("the store alone knows that there is a database");

    static final ArchRule SQL =
            noClasses()
                    .that(are(not(inPackages(Rings.RING_2)).and(not(inPackages(List.of("store"))))))
                    .should()
                    .callMethodWhere(
                            target(
                                    "a statement of its own",
                                    call ->
                                            call.getName().equals("sql")
                                                    && call.getOwner()
                                                            .getPackageName()
                                                            .equals(ROOT + ".store")))
                    .because("SQL stands in the store and in the repositories of ring 2");

    static final ArchRule NO_STATIC_STATE = fields().should(notBeSharedState());

    static final ArchRule TIME_AND_RANDOMNESS =
            noClasses()
                    .that(are(not(inPackages(List.of("time", "ids", "", "cli")))))
                    .should()
                    .callCodeUnitWhere(
                            target(
                                    "ambient time or randomness",
                                    call ->
                                            AMBIENT.contains(
                                                    call.getOwner().getName()
                                                            + "."
                                                            + call.getName())))
                    .because("a simulation must be able to run the same way twice");

    /** Every rule by the name under which it is reported. */
    static final Map<String, ArchRule> ALL =
            Map.of(
                    "rings", RINGS,
                    "no cycles", NO_CYCLES,
                    "Jetty", JETTY,
                    "JDBC", JDBC,
                    "SQL", SQL,
                    "no static state", NO_STATIC_STATE,
                    "time and randomness", TIME_AND_RANDOMNESS);

    private HouseRules() {}

    /** The first package segment below the root; empty for the root itself. */
    static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.", 2)[0];
    }

    private static boolean ours(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    private static ArchCondition<JavaClass> importOnlyFromInnerRings() {
        return new ArchCondition<>("import only from inner rings") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String from = room(type);
                if (!Rings.known(from)) {
                    events.add(violated(type, type.getName() + " is in a room without a place"));
                }
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (ours(target) && !Rings.mayImport(from, room(target))) {
                        events.add(violated(type, dependency.getDescription()));
                    } else if (flowBeyondTheCompiler(from, target)) {
                        events.add(violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** Of the engine that runs journeys, the Graph edge may see compiler, check and settings. */
    private static boolean flowBeyondTheCompiler(String from, JavaClass target) {
        return from.equals("graph")
                && ours(target)
                && room(target).equals("flow")
                && !target.getName()
                        .matches(".*\\.(Flow(Compiler|Check|Facts|Finding)|StoredSettings)[^.]*");
    }

    private static ArchCondition<JavaField> notBeSharedState() {
        return new ArchCondition<>("not be shared mutable state") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                Set<JavaModifier> modifiers = field.getModifiers();
                if (!modifiers.contains(JavaModifier.STATIC)
                        || modifiers.contains(JavaModifier.SYNTHETIC)) {
                    return;
                }
                boolean mutable =
                        MUTABLE.stream().anyMatch(field.getRawType()::isAssignableTo)
                                || !modifiers.contains(JavaModifier.FINAL);
                if (mutable) {
                    events.add(violated(field, field.getDescription() + " is static and mutable"));
                }
            }
        };
    }

    private static ConditionEvent violated(Object where, String what) {
        return SimpleConditionEvent.violated(where, what);
    }

    private static DescribedPredicate<JavaClass> topLevelIn(String room, String... names) {
        Collection<String> allowed =
                List.of(names).stream().map(name -> ROOT + "." + room + "." + name).toList();
        return describe(
                "in " + allowed, type -> allowed.contains(type.getName().split("\\$", 2)[0]));
    }

    private static DescribedPredicate<JavaClass> inPackages(List<String> rooms) {
        return describe("in " + rooms, type -> ours(type) && rooms.contains(room(type)));
    }

    private static <T> DescribedPredicate<T> not(DescribedPredicate<T> predicate) {
        return DescribedPredicate.not(predicate);
    }

    private static DescribedPredicate<JavaCall<?>> target(
            String what, java.util.function.Predicate<CodeUnitCallTarget> test) {
        return describe(what, call -> test.test(call.getTarget()));
    }
}
