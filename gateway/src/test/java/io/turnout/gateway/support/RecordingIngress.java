package io.turnout.gateway.support;

import io.turnout.core.ports.Admission;
import io.turnout.core.ports.CommandIngress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps the commands offered, and refuses as many as it is told to. */
public final class RecordingIngress implements CommandIngress {

    private final Deque<byte[]> commands = new ArrayDeque<>();
    private final Deque<Admission> admissions = new ArrayDeque<>();
    private int room = Integer.MAX_VALUE;
    private boolean newRequestsRefused;

    @Override
    public boolean offer(final Admission admission, final DirectBuffer buffer, final int offset, final int length) {
        if (room == 0 || (newRequestsRefused && admission != Admission.CONTINUATION)) {
            return false;
        }
        room--;
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        commands.addLast(bytes);
        admissions.addLast(admission);
        return true;
    }

    @Override
    public int maximumCommandLength() {
        return 1024;
    }

    /** How many commands are taken from now on. */
    public void room(final int commandCount) {
        room = commandCount;
    }

    public void refuseNewRequests(final boolean refuse) {
        newRequestsRefused = refuse;
    }

    public int count() {
        return commands.size();
    }

    public Admission nextAdmission() {
        return admissions.getFirst();
    }

    /** The oldest command not yet taken; fails when there is none. */
    public UnsafeBuffer next() {
        if (commands.isEmpty()) {
            throw new AssertionError("no command was offered");
        }
        admissions.removeFirst();
        return new UnsafeBuffer(commands.removeFirst());
    }
}
