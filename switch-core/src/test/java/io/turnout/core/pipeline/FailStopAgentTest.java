package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;

final class FailStopAgentTest {
    private final AdmissionGate gate = Fixtures.openGate();
    private final List<String> failures = new ArrayList<>();
    private int runs;
    private Throwable next;

    private final Agent agent = new FailStopAgent(
            new Agent() {
                @Override
                public int doWork() throws Exception {
                    runs++;
                    if (next instanceof Error) {
                        throw (Error) next;
                    }
                    if (next != null) {
                        throw (Exception) next;
                    }
                    return 7;
                }

                @Override
                public String roleName() {
                    return "worker";
                }
            },
            gate,
            (component, cause) -> failures.add(component + ": " + cause.getMessage()));

    @Test
    void shouldPassOnWork() throws Exception {
        assertEquals(7, agent.doWork());
        assertEquals("worker", agent.roleName());
        assertEquals(List.of(), failures);
    }

    @Test
    void shouldReportOnceCloseTheGateAndNeverRunAgain() {
        next = new IllegalStateException("broken");

        final AgentTerminationException termination = assertThrows(AgentTerminationException.class, agent::doWork);
        assertThrows(AgentTerminationException.class, agent::doWork);

        assertSame(next, termination.getCause());
        assertEquals(List.of("worker: broken"), failures);
        assertEquals(1, runs);
        assertFalse(gate.isOpen());
        assertEquals(AdmissionGate.Reason.FAILED, gate.reason());
    }

    @Test
    void shouldStopOnErrorsToo() {
        next = new OutOfMemoryError("simulated");

        assertThrows(AgentTerminationException.class, agent::doWork);

        assertEquals(List.of("worker: simulated"), failures);
    }
}
