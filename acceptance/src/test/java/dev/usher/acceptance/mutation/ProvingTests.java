package dev.usher.acceptance.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.UsherExtension;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;

/** The tests that claim operations by {@link Proves}, and how to run one. */
final class ProvingTests {

    private final Launcher launcher;
    private final Map<String, Set<Method>> byOperation = new LinkedHashMap<>();

    ProvingTests(Launcher launcher) {
        this.launcher = launcher;
        TestPlan plan =
                launcher.discover(
                        request().selectors(selectPackage("dev.usher.acceptance")).build());
        for (TestIdentifier root : plan.getRoots()) {
            plan.getDescendants(root).forEach(this::add);
        }
    }

    private void add(TestIdentifier test) {
        test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod())
                .ifPresent(method -> {
                    for (Proves claim : method.getAnnotationsByType(Proves.class)) {
                        byOperation
                                .computeIfAbsent(claim.value(), any -> new LinkedHashSet<>())
                                .add(method);
                    }
                });
    }

    /** The tests that prove the operation. */
    Set<Method> of(String operation) {
        return byOperation.getOrDefault(operation, Set.of());
    }

    /** Whether the test passes while the proxy refuses that line; none when empty. */
    boolean passes(Method test, String refused) {
        Outcome outcome = new Outcome();
        launcher.execute(
                LauncherExecutionRequestBuilder.request(
                                request()
                                        .selectors(selectMethod(test.getDeclaringClass(), test))
                                        .configurationParameter(UsherExtension.REFUSE, refused)
                                        .build())
                        .listeners(outcome)
                        .build());
        return outcome.run && !outcome.red;
    }

    private static final class Outcome implements TestExecutionListener {
        private boolean run;
        private boolean red;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            run |= test.isTest();
            red |= result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
        }
    }
}
