package dev.usher.acceptance.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.TestMethods;
import dev.usher.acceptance.fixture.UsherExtension;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;

/** The tests that claim operations by {@link Proves}, and how to run one. */
final class ProvingTests {

    private final Launcher launcher;
    private final Map<String, Set<Method>> byOperation;

    ProvingTests(Launcher launcher) {
        this.launcher = launcher;
        this.byOperation = TestMethods.by(launcher, Proves.class, Proves::value);
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
