package io.turnout.gateway.acquirer.iso;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredEncoder;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.security.GatewaySecurity;
import io.turnout.gateway.security.MessageAuthenticator;
import io.turnout.gateway.support.Counters;
import io.turnout.gateway.support.RecordingConnection;
import io.turnout.gateway.support.RecordingIngress;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.KeyMaterial;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** An ISO 8583 acquirers' edge without sockets, and one session on it. */
final class IsoFixture {

    static final long ACQUIRER = 42;
    static final long INSTITUTION = 10_000_001;
    static final int MAXIMUM_IN_FLIGHT = 3;
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** 2023-11-14T22:13:20Z. */
    static final long START = 1_700_000_000_000_000_000L;

    static final Dialect DIALECT = Dialects.builtIn("iso87-ascii");
    static final Framing FRAMING = Framing.BIN2_EXCLUSIVE;

    private static final int GATEWAY = 1;
    private static final long INCARNATION = 0x5555_0000_0000_00AAL;
    private static final int CAPACITY = 4096;

    final RecordingIngress ingress = new RecordingIngress();
    final GatewayCounters counters = Counters.create();
    final SensitiveDataSlots slots = new SensitiveDataSlots(4, 30 * SECOND, INCARNATION);
    final RecordingConnection connection = new RecordingConnection();
    final IsoAcquirerEdge edge;
    final IsoAcquirerSession session;
    boolean admits = true;
    long nowNs = START;

    IsoFixture() {
        this(true, List.of());
    }

    IsoFixture(final boolean signOnRequired, final List<PeerRange> peers) {
        this(signOnRequired, peers, null);
    }

    /** @param security null = no keys */
    IsoFixture(final boolean signOnRequired, final List<PeerRange> peers, final GatewaySecurity security) {
        edge = new IsoAcquirerEdge(
                List.of(new IsoAcquirerConfiguration(
                        ACQUIRER,
                        INSTITUTION,
                        new InetSocketAddress(0),
                        DIALECT,
                        FRAMING,
                        peers,
                        signOnRequired,
                        2,
                        MAXIMUM_IN_FLIGHT,
                        IsoAcquirerTimers.DEFAULT,
                        Optional.empty(),
                        Map.of(156, 2))),
                new CardVault(KeyMaterial.development(), GATEWAY, INCARNATION),
                slots,
                new CommandPublisher(GATEWAY, INCARNATION, ingress, counters),
                () -> admits,
                counters,
                security == null ? GatewaySecurity.none(counters) : security);
        session = connect(connection);
    }

    /** A session that is signed on. */
    static IsoFixture signedOn() {
        final IsoFixture fixture = new IsoFixture();
        fixture.receive(800, network("001"));
        assertEquals("0810 00", fixture.nextOutcome());
        return fixture;
    }

    IsoAcquirerSession connect(final RecordingConnection with) {
        final IsoAcquirerSession opened = (IsoAcquirerSession) edge.newSession(ACQUIRER);
        opened.onConnected(with, nowNs);
        return opened;
    }

    /** A purchase of 12.34. */
    static Map<Integer, String> purchase() {
        final Map<Integer, String> fields = new TreeMap<>();
        fields.put(2, "4111111111111111");
        fields.put(3, "000000");
        fields.put(4, "000000001234");
        fields.put(7, "1114221320");
        fields.put(11, "000123");
        fields.put(12, "221320");
        fields.put(13, "1114");
        fields.put(14, "3012");
        fields.put(18, "5411");
        fields.put(22, "051");
        fields.put(25, "00");
        fields.put(32, "10000001");
        fields.put(37, "RRN000000123");
        fields.put(41, "TERM0001");
        fields.put(42, "MERCHANT0000001");
        fields.put(43, "ACME STORE               SHANGHAI     CN");
        fields.put(49, "156");
        return fields;
    }

    /** The reversal of {@link #purchase}. */
    static Map<Integer, String> reversal() {
        final Map<Integer, String> fields = purchase();
        fields.put(11, "000124");
        fields.put(90, "0200000123111422132000010000001" + "0".repeat(11));
        return fields;
    }

    static Map<Integer, String> network(final String code) {
        final Map<Integer, String> fields = new TreeMap<>();
        fields.put(7, "1114221320");
        fields.put(11, "000001");
        fields.put(70, code);
        return fields;
    }

    static byte[] frame(final int mti, final Map<Integer, String> fields) {
        return frame(mti, fields, MessageAuthenticator.NONE);
    }

    static byte[] frame(final int mti, final Map<Integer, String> fields, final MessageAuthenticator authenticator) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
        final IsoEncoder encoder = new IsoEncoder(DIALECT)
                .wrap(buffer, FRAMING.headerLength(), CAPACITY - FRAMING.headerLength())
                .begin(mti);
        new TreeMap<>(fields).forEach(encoder::putString);
        final int length = authenticator.finish(encoder, buffer, FRAMING.headerLength());
        assertEquals(0, encoder.errorField(), "DE" + encoder.errorField());
        return Arrays.copyOf(buffer.byteArray(), FRAMING.write(buffer, 0, length));
    }

    void receive(final int mti, final Map<Integer, String> fields) {
        receive(frame(mti, fields));
    }

    void receive(final byte[] bytes) {
        session.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, nowNs);
    }

    /** Lets time pass in one step, and then a tick happens. */
    void pass(final long durationNs) {
        nowNs += durationNs;
        edge.onTick(nowNs);
    }

    long count(final GatewayCounter counter) {
        return counters.get(counter);
    }

    /** The next message sent, decoded. */
    IsoDecoder next() {
        final byte[] frame = connection.next();
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int length = FRAMING.read(buffer, 0, frame.length, CAPACITY);
        assertEquals(frame.length, length + FRAMING.headerLength());
        final IsoDecoder decoder = new IsoDecoder(DIALECT);
        assertEquals(0, decoder.decode(buffer, FRAMING.headerLength(), length));
        return decoder;
    }

    /** Message type and response code of the next message sent, and DE44 if it has it. */
    String nextOutcome() {
        final IsoDecoder decoder = next();
        final String outcome = String.format("%04d %s", decoder.mti(), decoder.getString(39));
        return decoder.isPresent(44) ? outcome + " " + decoder.getString(44) : outcome;
    }

    /** The approval of a payment offered. */
    PaymentAnsweredDecoder approval(final RequestPaymentDecoder request) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final PaymentAnsweredEncoder event = new PaymentAnsweredEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .paymentId(1)
                .sessionId(request.sessionId())
                .createdAtNs(request.createdAtNs())
                .amountMinor(request.amountMinor())
                .acquirerId(ACQUIRER)
                .gatewayId(GATEWAY)
                .issuerId(3)
                .currency(request.currency())
                .resultCode(0)
                .outcome(Outcome.APPROVED)
                .reason(DeclineReason.NONE)
                .repeated(BooleanType.FALSE)
                .approvalCode("AUTH01")
                .retrievalReference(request.retrievalReference())
                .balanceMinor(PaymentAnsweredEncoder.balanceMinorNullValue())
                .businessDate(20231115);
        event.clientReference()
                .high(request.clientReference().high())
                .low(request.clientReference().low());
        return new PaymentAnsweredDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    /** The next command offered, which must be a payment. */
    RequestPaymentDecoder nextPayment() {
        final UnsafeBuffer command = ingress.next();
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(command, 0);
        assertEquals(RequestPaymentDecoder.TEMPLATE_ID, header.templateId());
        return new RequestPaymentDecoder().wrapAndApplyHeader(command, 0, header);
    }
}
