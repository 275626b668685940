package io.turnout.gateway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.sbe.admin.AdminLogonAckDecoder;
import io.turnout.codecs.sbe.admin.AdminLogonEncoder;
import io.turnout.codecs.sbe.admin.AdminLogonRejectDecoder;
import io.turnout.codecs.sbe.admin.AdminRejectDecoder;
import io.turnout.codecs.sbe.admin.AdminRejectReason;
import io.turnout.codecs.sbe.admin.BooleanType;
import io.turnout.codecs.sbe.admin.DecideEncoder;
import io.turnout.codecs.sbe.admin.InquireLinksEncoder;
import io.turnout.codecs.sbe.admin.InquireMessagesEncoder;
import io.turnout.codecs.sbe.admin.LinksReportDecoder;
import io.turnout.codecs.sbe.admin.MessageHeaderDecoder;
import io.turnout.codecs.sbe.admin.MessageHeaderEncoder;
import io.turnout.codecs.sbe.admin.MessagesReportDecoder;
import io.turnout.codecs.sbe.admin.OperationStatusDecoder;
import io.turnout.codecs.sbe.admin.SubmitCardCommandEncoder;
import io.turnout.codecs.sbe.admin.SubmitCommandEncoder;
import io.turnout.codecs.sbe.engine.BlockCardDecoder;
import io.turnout.codecs.sbe.engine.DecideOperationDecoder;
import io.turnout.codecs.sbe.engine.OperationAnsweredDecoder;
import io.turnout.codecs.sbe.engine.OperationAnsweredEncoder;
import io.turnout.codecs.sbe.engine.OperationDecision;
import io.turnout.codecs.sbe.engine.OperationRefusal;
import io.turnout.codecs.sbe.engine.OperationResult;
import io.turnout.codecs.sbe.engine.OperationState;
import io.turnout.codecs.sbe.engine.SubmitOperationDecoder;
import io.turnout.codecs.sbe.engine.UnblockCardDecoder;
import io.turnout.core.ports.Admission;
import io.turnout.gateway.acquirer.SofhFrameFormat;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.issuer.IssuerEdge;
import io.turnout.gateway.issuer.IssuerLinkConfiguration;
import io.turnout.gateway.issuer.IssuerTimers;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.Counters;
import io.turnout.gateway.support.Events;
import io.turnout.gateway.support.RecordingConnection;
import io.turnout.gateway.support.RecordingIngress;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.KeyMaterial;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators log on, and what they ask goes to the switch without a card number. */
final class AdminSessionTest {

    private static final int GATEWAY = 1;
    private static final long INCARNATION = 7;
    private static final long OPERATOR = 5;
    private static final String SECRET = AcquirerMessages.SECRET;
    private static final String REASON = String.format("%-64s", "ticket 4711");
    private static final String PAN = "4111111111111111";
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int LINKS = 50;
    private static final int MESSAGE = SofhFrameFormat.HEADER_LENGTH;

    private final RecordingIngress ingress = new RecordingIngress();
    private final GatewayCounters counters = Counters.create();
    private final CardVault vault = new CardVault(KeyMaterial.development(), GATEWAY, INCARNATION);
    private final CommandPublisher commands = new CommandPublisher(GATEWAY, INCARNATION, ingress, counters);
    private final IssuerEdge issuers = new IssuerEdge(
            links(),
            vault,
            new SensitiveDataSlots(4, 30 * SECOND, INCARNATION),
            commands,
            (address, tls, handler, timeoutNs) -> {},
            1,
            counters);
    private final AdminEdge edge = new AdminEdge(
            new AdminEdgeConfiguration(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    4,
                    5 * SECOND,
                    60 * SECOND,
                    List.of(new OperatorCredential(OPERATOR, AcquirerMessages.sha256(SECRET)))),
            vault,
            commands,
            issuers,
            INCARNATION,
            counters);
    private final RecordingConnection connection = new RecordingConnection();
    private final AdminSession session = (AdminSession) edge.newSession();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8192]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long nowNs = START;

    AdminSessionTest() {
        session.onConnected(connection, nowNs);
    }

    @Test
    void shouldReportLinksAPieceAtATime() {
        loggedOn();

        inquireLinks(0);

        final LinksReportDecoder first = linksReport();
        final int remaining = first.remaining();
        final LinksReportDecoder.LinksDecoder entries = first.links();
        final int count = entries.count();
        assertTrue(count > 1 && remaining > 0);
        assertEquals(LINKS, count + remaining);
        final LinksReportDecoder.LinksDecoder link = entries.next();
        assertEquals(3, link.issuerId());
        assertEquals(1, link.linkId());
        assertEquals("DISCONNECTED", link.state().strip());
        assertEquals("IN_SERVICE", link.service().strip());
        assertEquals(0, link.sent());
        inquireLinks(count);
        final LinksReportDecoder rest = linksReport();
        assertEquals(Math.max(0, remaining - count), rest.remaining());
        assertEquals(count + 1, rest.links().next().linkId());
        inquireLinks(60_000);
        assertEquals(0, linksReport().links().count());
    }

    @Test
    void shouldReportAnswersThatBelongToNothing() {
        loggedOn();
        final Events events = new Events(GATEWAY, 42, 1);
        for (int stan = 1; stan <= 103; stan++) {
            issuers.onUnmatched(events.asUnmatched(3, 2, stan), START);
        }

        final List<Long> stans = new ArrayList<>();
        int remaining;
        do {
            receive(frame(new InquireMessagesEncoder()
                    .wrapAndApplyHeader(buffer, MESSAGE, header)
                    .skip(stans.size())
                    .encodedLength()));
            final MessagesReportDecoder report =
                    new MessagesReportDecoder().wrapAndApplyHeader(nextMessage(), 0, new MessageHeaderDecoder());
            remaining = report.remaining();
            for (final MessagesReportDecoder.MessagesDecoder message : report.messages()) {
                assertEquals("UNMATCHED", message.kind().strip());
                assertEquals(2, message.linkId());
                stans.add(message.stan());
            }
        } while (remaining > 0);

        assertEquals(100, stans.size(), "the last hundred are kept");
        assertEquals(4L, stans.get(0));
        assertEquals(103L, stans.get(99));
    }

    @Test
    void shouldTellNothingToWhoHasNotLoggedOn() {
        inquireLinks(0);

        assertFalse(connection.isOpen());
    }

    @Test
    void shouldLogOnAnOperatorWithHisCredential() {
        receive(logon(OPERATOR, SECRET));

        final AdminLogonAckDecoder ack =
                new AdminLogonAckDecoder().wrapAndApplyHeader(nextMessage(), 0, new MessageHeaderDecoder());
        assertEquals(session.sessionId(), ack.sessionId());
        assertEquals(AdminSessionState.ACTIVE, session.state());
        assertEquals(1, counters.get(GatewayCounter.ADMIN_LOGONS_ACCEPTED));
    }

    @Test
    void shouldRefuseAnUnknownOperatorAndAWrongCredential() {
        receive(logon(OPERATOR, "another secret..."));

        assertEquals(AdminLogonRejectDecoder.TEMPLATE_ID, template(nextMessage()));
        assertFalse(connection.isOpen());
        assertEquals(0, edge.sessionCount());
        final AdminSession other = (AdminSession) edge.newSession();
        other.onConnected(connection, nowNs);
        final byte[] frame = logon(6, SECRET);
        other.onBytes(new UnsafeBuffer(frame), 0, frame.length, nowNs);
        assertEquals(AdminSessionState.CLOSED, other.state());
        assertEquals(2, counters.get(GatewayCounter.ADMIN_LOGONS_BAD_CREDENTIAL));
    }

    @Test
    void shouldTakeNothingBeforeTheLogon() {
        receive(submit(new byte[16]));

        rejected(AdminRejectReason.NOT_LOGGED_ON);
        assertFalse(connection.isOpen());
        assertEquals(0, ingress.count());
    }

    @Test
    void shouldHandASubmissionOnAsItIs() {
        loggedOn();
        final byte[] command = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        receive(submit(command));

        assertEquals(Admission.CONTINUATION, ingress.nextAdmission());
        final SubmitOperationDecoder operation = submitted();
        assertEquals(OPERATOR, operation.operatorId());
        assertEquals(session.sessionId(), operation.sessionId());
        assertEquals(GATEWAY, operation.gatewayId());
        assertEquals(11, operation.operationId().high());
        assertEquals(12, operation.operationId().low());
        assertEquals(START, operation.createdAtNs());
        assertEquals(99, operation.effectiveSequence());
        assertEquals(REASON.strip(), operation.reason().strip());
        assertEquals(command.length, operation.nestedLength());
        for (int i = 0; i < SubmitOperationDecoder.commandLength(); i++) {
            assertEquals(i < command.length ? command[i] : 0, operation.command(i));
        }
    }

    @Test
    void shouldTurnACardNumberIntoItsToken() {
        loggedOn();
        final UnsafeBuffer pan = new UnsafeBuffer(PAN.getBytes(StandardCharsets.US_ASCII));
        vault.protect(pan, 0, pan.capacity());
        final long high = vault.tokenHigh();
        final long low = vault.tokenLow();

        receive(cardBlock(PAN, BooleanType.TRUE));
        final SubmitOperationDecoder operation = submitted();
        final BlockCardDecoder block = new BlockCardDecoder()
                .wrapAndApplyHeader(
                        operation.buffer(),
                        operation.offset() + SubmitOperationDecoder.commandEncodingOffset(),
                        new io.turnout.codecs.sbe.engine.MessageHeaderDecoder());
        assertEquals(high, block.panToken().high());
        assertEquals(low, block.panToken().low());
        receive(cardBlock(PAN, BooleanType.FALSE));
        final SubmitOperationDecoder other = submitted();
        new UnblockCardDecoder()
                .wrapAndApplyHeader(
                        other.buffer(),
                        other.offset() + SubmitOperationDecoder.commandEncodingOffset(),
                        new io.turnout.codecs.sbe.engine.MessageHeaderDecoder());

        final byte[] bytes = new byte[other.buffer().capacity()];
        other.buffer().getBytes(0, bytes);
        assertFalse(new String(bytes, StandardCharsets.US_ASCII).contains(PAN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4111111111111112", "411111", "41111111111111111111", "4111x11111111111", ""})
    void shouldRejectWhatIsNoCardNumber(final String pan) {
        loggedOn();

        receive(cardBlock(pan, BooleanType.TRUE));

        assertEquals(
                12,
                rejected(AdminRejectReason.INVALID_CARD_NUMBER).operationId().low());
        assertTrue(connection.isOpen());
        assertEquals(0, ingress.count());
    }

    @Test
    void shouldRejectACardNumberForACommandThatTakesNone() {
        loggedOn();

        receive(cardCommand(new byte[24], PAN));
        rejected(AdminRejectReason.NO_CARD_COMMAND);
        receive(cardCommand(new byte[3], PAN));
        rejected(AdminRejectReason.NO_CARD_COMMAND);
        receive(cardCommand(new byte[513], PAN));
        rejected(AdminRejectReason.COMMAND_TOO_LONG);
    }

    @Test
    void shouldHandADecisionOn() {
        loggedOn();
        for (final BooleanType approved : new BooleanType[] {BooleanType.TRUE, BooleanType.FALSE}) {
            final DecideEncoder encoder = new DecideEncoder().wrapAndApplyHeader(buffer, MESSAGE, header);
            encoder.operationId().high(11).low(12);
            encoder.approved(approved).reason(REASON);
            receive(frame(encoder.encodedLength()));

            final DecideOperationDecoder decision = new DecideOperationDecoder()
                    .wrapAndApplyHeader(ingress.next(), 0, new io.turnout.codecs.sbe.engine.MessageHeaderDecoder());
            assertEquals(OPERATOR, decision.operatorId());
            assertEquals(12, decision.operationId().low());
            assertEquals(
                    approved == BooleanType.TRUE ? OperationDecision.APPROVE : OperationDecision.REJECT,
                    decision.decision());
            assertEquals(REASON.strip(), decision.reason().strip());
        }
    }

    @Test
    void shouldRejectWhatTheSwitchHasNoRoomFor() {
        loggedOn();
        ingress.room(0);

        receive(submit(new byte[16]));

        assertEquals(12, rejected(AdminRejectReason.SWITCH_BUSY).operationId().low());
        assertTrue(connection.isOpen());
    }

    @Test
    void shouldRejectACommandThatCannotBeNested() {
        loggedOn();

        receive(submit(new byte[513]));

        rejected(AdminRejectReason.COMMAND_TOO_LONG);
        assertEquals(0, ingress.count());
    }

    @Test
    void shouldTellWhereAnOperationStands() {
        loggedOn();
        edge.onOperationAnswered(answered(session.sessionId()));

        final OperationStatusDecoder status =
                new OperationStatusDecoder().wrapAndApplyHeader(nextMessage(), 0, new MessageHeaderDecoder());
        assertEquals(12, status.operationId().low());
        assertEquals(OperationState.EXECUTED.value(), status.state());
        assertEquals(OperationResult.IGNORED.value(), status.result());
        assertEquals(22, status.problem());
        assertEquals(OperationRefusal.NONE.value(), status.refusal());
        edge.onOperationAnswered(answered(session.sessionId() + 1));
        assertEquals(0, connection.sentCount());
    }

    @Test
    void shouldEndASessionThatDoesNotLogOnOrSaysNothing() {
        pass(5 * SECOND);
        rejected(AdminRejectReason.NOT_LOGGED_ON);
        assertEquals(0, edge.sessionCount());

        final AdminSession second = (AdminSession) edge.newSession();
        final RecordingConnection other = new RecordingConnection();
        second.onConnected(other, nowNs);
        final byte[] logon = logon(OPERATOR, SECRET);
        second.onBytes(new UnsafeBuffer(logon), 0, logon.length, nowNs);
        pass(59 * SECOND);
        assertTrue(other.isOpen());
        pass(SECOND);
        assertFalse(other.isOpen());
    }

    @Test
    void shouldEndEverySessionWhenTheSwitchStops() {
        loggedOn();

        edge.onStopping();

        assertFalse(connection.isOpen());
        assertEquals(0, edge.sessionCount());
    }

    @Test
    void shouldRefuseEveryPrefixAndSurviveEveryChangedByte() {
        final long seed = Long.getLong("turnout.seed", 1);
        final Random random = new Random(seed);
        final byte[][] frames = {logon(OPERATOR, SECRET), submit(new byte[30]), cardBlock(PAN, BooleanType.TRUE)};
        for (final byte[] frame : frames) {
            for (int i = 0; i < frame.length; i++) {
                final byte[] changed = frame.clone();
                changed[i] = (byte) random.nextInt();
                hear(changed);
                hear(Arrays.copyOf(frame, i));
            }
        }
        for (int i = 0; i < 2_000; i++) {
            final byte[] rubbish = new byte[random.nextInt(200)];
            random.nextBytes(rubbish);
            hear(rubbish);
        }
        assertEquals(1, edge.sessionCount(), () -> "seed=" + seed);
    }

    @Test
    void shouldListenOnALoopbackAddressOnly() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new AdminEdgeConfiguration(new InetSocketAddress("0.0.0.0", 0), 1, 1, 1, List.of()));
    }

    private void inquireLinks(final int skip) {
        receive(frame(new InquireLinksEncoder()
                .wrapAndApplyHeader(buffer, MESSAGE, header)
                .skip(skip)
                .encodedLength()));
    }

    private LinksReportDecoder linksReport() {
        return new LinksReportDecoder().wrapAndApplyHeader(nextMessage(), 0, new MessageHeaderDecoder());
    }

    /** More than fit into one report. */
    private static List<IssuerLinkConfiguration> links() {
        final Dialect dialect = Dialects.builtIn("iso87-ascii");
        return IntStream.rangeClosed(1, LINKS)
                .mapToObj(id -> new IssuerLinkConfiguration(
                        3, id, new InetSocketAddress(1), dialect, Framing.BIN2_EXCLUSIVE, IssuerTimers.DEFAULT))
                .toList();
    }

    /** A session of its own, logged on, hears the bytes. */
    private void hear(final byte[] bytes) {
        final AdminSession heard = (AdminSession) edge.newSession();
        heard.onConnected(new RecordingConnection(), nowNs);
        final byte[] logon = logon(OPERATOR, SECRET);
        heard.onBytes(new UnsafeBuffer(logon), 0, logon.length, nowNs);
        if (bytes.length > 0) {
            heard.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, nowNs);
        }
        heard.onDisconnected(nowNs);
    }

    private void loggedOn() {
        receive(logon(OPERATOR, SECRET));
        connection.forgetSent();
    }

    private void pass(final long durationNs) {
        nowNs += durationNs;
        edge.onTick(nowNs);
    }

    private void receive(final byte[] frame) {
        session.onBytes(new UnsafeBuffer(frame), 0, frame.length, nowNs);
    }

    private SubmitOperationDecoder submitted() {
        return new SubmitOperationDecoder()
                .wrapAndApplyHeader(ingress.next(), 0, new io.turnout.codecs.sbe.engine.MessageHeaderDecoder());
    }

    private AdminRejectDecoder rejected(final AdminRejectReason reason) {
        final AdminRejectDecoder reject =
                new AdminRejectDecoder().wrapAndApplyHeader(nextMessage(), 0, new MessageHeaderDecoder());
        assertEquals(reason, reject.reason());
        return reject;
    }

    private UnsafeBuffer nextMessage() {
        final byte[] frame = connection.next();
        return new UnsafeBuffer(frame, MESSAGE, frame.length - MESSAGE);
    }

    private static int template(final UnsafeBuffer message) {
        return new MessageHeaderDecoder().wrap(message, 0).templateId();
    }

    private byte[] logon(final long operatorId, final String secret) {
        final byte[] credential = secret.getBytes(StandardCharsets.US_ASCII);
        final AdminLogonEncoder encoder = new AdminLogonEncoder()
                .wrapAndApplyHeader(buffer, MESSAGE, header)
                .operatorId(operatorId)
                .putCredential(credential, 0, credential.length);
        return frame(encoder.encodedLength());
    }

    private byte[] submit(final byte[] command) {
        final SubmitCommandEncoder encoder = new SubmitCommandEncoder().wrapAndApplyHeader(buffer, MESSAGE, header);
        encoder.operationId().high(11).low(12);
        encoder.createdAtNs(START).effectiveSequence(99).reason(REASON).putCommand(command, 0, command.length);
        return frame(encoder.encodedLength());
    }

    private byte[] cardBlock(final String pan, final BooleanType blocked) {
        final UnsafeBuffer command = new UnsafeBuffer(new byte[8 + 16]);
        new io.turnout.codecs.sbe.engine.MessageHeaderEncoder()
                .wrap(command, 0)
                .blockLength(16)
                .templateId(blocked == BooleanType.TRUE ? BlockCardDecoder.TEMPLATE_ID : UnblockCardDecoder.TEMPLATE_ID)
                .schemaId(2)
                .version(1);
        return cardCommand(command.byteArray(), pan);
    }

    private byte[] cardCommand(final byte[] command, final String pan) {
        final byte[] digits = pan.getBytes(StandardCharsets.US_ASCII);
        final SubmitCardCommandEncoder encoder =
                new SubmitCardCommandEncoder().wrapAndApplyHeader(buffer, MESSAGE, header);
        encoder.operationId().high(11).low(12);
        encoder.createdAtNs(START)
                .reason(REASON)
                .putCommand(command, 0, command.length)
                .putPan(digits, 0, digits.length);
        return frame(encoder.encodedLength());
    }

    private byte[] frame(final int encodedLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        SofhFrameFormat.putHeader(buffer, 0, length);
        final byte[] bytes = new byte[MESSAGE + length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private static OperationAnsweredDecoder answered(final long sessionId) {
        final UnsafeBuffer event = new UnsafeBuffer(new byte[256]);
        final OperationAnsweredEncoder encoder = new OperationAnsweredEncoder()
                .wrapAndApplyHeader(event, 0, new io.turnout.codecs.sbe.engine.MessageHeaderEncoder());
        encoder.operationId().high(11).low(12);
        encoder.sessionId(sessionId)
                .operatorId(OPERATOR)
                .gatewayId(GATEWAY)
                .problem(22)
                .state(OperationState.EXECUTED)
                .result(OperationResult.IGNORED)
                .refusal(OperationRefusal.NONE);
        return new OperationAnsweredDecoder()
                .wrapAndApplyHeader(event, 0, new io.turnout.codecs.sbe.engine.MessageHeaderDecoder());
    }
}
