package io.turnout.benchmarks;

import io.turnout.benchmarks.EngineWorkload.CommandConsumer;
import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.ActivateConfigurationEncoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.CutOverEncoder;
import io.turnout.codecs.sbe.engine.DefineAcquirerEncoder;
import io.turnout.codecs.sbe.engine.DefineAmountLimitEncoder;
import io.turnout.codecs.sbe.engine.DefineBinRangeEncoder;
import io.turnout.codecs.sbe.engine.DefineCurrencyEncoder;
import io.turnout.codecs.sbe.engine.DefineIssuerEncoder;
import io.turnout.codecs.sbe.engine.DefineLedgerEncoder;
import io.turnout.codecs.sbe.engine.DefineParticipantEncoder;
import io.turnout.codecs.sbe.engine.MatchKey;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.OpenAccountEncoder;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** Wallets that pay, as commands for an engine: every purchase from another wallet, chosen at random. */
final class LedgerWorkload {
    private static final int ACQUIRER = 7;
    private static final int WALLETS = 3;
    private static final int PARTICIPANT = 9;
    private static final int EURO = 978;
    private static final int BIN = 60_000_000;
    private static final long TOKEN_LOW = 8_000;
    private static final long AMOUNT_MINOR = 10;
    private static final long PLENTY_MINOR = 900_000_000_000L;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final UnsafeBuffer requestBuffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RequestPaymentEncoder request = new RequestPaymentEncoder();
    private final SplittableRandom random = new SplittableRandom(1);
    private final int wallets;
    private long reference;

    LedgerWorkload(final int wallets) {
        this.wallets = wallets;
        request.wrapAndApplyHeader(requestBuffer, 0, header)
                .sessionId(1)
                .amountMinor(AMOUNT_MINOR)
                .localDateTime(20260921_101500L)
                .acquirerId(ACQUIRER)
                .bin(BIN)
                .gatewayId(1)
                .currency(EURO)
                .currencyExponent((short) 2)
                .transactionType(TransactionType.PURCHASE.value())
                .panLength((short) 16)
                .panValid(BooleanType.TRUE)
                .merchantId("MERCHANT0000001")
                .retrievalReference("            ");
        request.slot().index(-1);
    }

    /** A configuration with a ledger, a business date, and all wallets. */
    void configure(final int maximumPayments, final long rememberedNs, final CommandConsumer consumer) {
        final long secondNs = TimeUnit.SECONDS.toNanos(1);
        give(
                new BeginConfigurationEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .configurationHash(1)
                        .horizonNs(rememberedNs - secondNs)
                        .maximumClockSkewNs(secondNs)
                        .maximumPayments(maximumPayments)
                        .encodedLength(),
                consumer);
        give(
                new DefineCurrencyEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .currency(EURO)
                        .exponent((short) 2)
                        .encodedLength(),
                consumer);
        configureLedger(consumer);
        configureRoute(secondNs, consumer);
        give(
                new ActivateConfigurationEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .configurationHash(1)
                        .encodedLength(),
                consumer);
        give(
                new CutOverEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .businessDate(20260921)
                        .openDates((short) 2)
                        .encodedLength(),
                consumer);
        for (int i = 0; i < wallets; i++) {
            openWallet(i, consumer);
        }
    }

    /** One purchase, answered in the same command. */
    void purchase(final long nowNs, final CommandConsumer consumer) {
        reference++;
        request.createdAtNs(nowNs);
        request.clientReference().high(0).low(reference);
        request.panToken().high(1 + random.nextInt(wallets)).low(TOKEN_LOW);
        consumer.accept(requestBuffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + request.encodedLength());
    }

    private void configureLedger(final CommandConsumer consumer) {
        give(
                new DefineLedgerEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .maximumAccounts(wallets)
                        .maximumTransfers(16)
                        .maximumSubmissions(16)
                        .capWarningMarginPercent((short) 5)
                        .encodedLength(),
                consumer);
        give(
                new DefineParticipantEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .netDebitCapMinor(PLENTY_MINOR)
                        .participantId(PARTICIPANT)
                        .currency(EURO)
                        .encodedLength(),
                consumer);
    }

    private void configureRoute(final long secondNs, final CommandConsumer consumer) {
        give(
                new DefineAcquirerEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .institutionId(12345)
                        .answerTimeoutNs(2 * secondNs)
                        .acquirerId(ACQUIRER)
                        .participantId(PARTICIPANT)
                        .encodedLength(),
                consumer);
        give(
                new DefineAmountLimitEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .maximumAmountMinor(1_000_00)
                        .acquirerId(ACQUIRER)
                        .currency(EURO)
                        .encodedLength(),
                consumer);
        final DefineIssuerEncoder issuer = new DefineIssuerEncoder();
        issuer.wrapAndApplyHeader(buffer, 0, header)
                .matchKey(MatchKey.STAN_AND_TIME)
                .matchChecks()
                .clear();
        give(
                issuer.responseTimeoutNs(secondNs)
                        .reversalTimeoutNs(secondNs)
                        .reversalBackoffNs(secondNs)
                        .reversalBackoffMaximumNs(secondNs)
                        .lateAnswerWindowNs(secondNs)
                        .reversalMaximumAttempts(3)
                        .reversalWindow(8)
                        .issuerId(WALLETS)
                        .overCapturePercent(100)
                        .onUs(BooleanType.TRUE)
                        .encodedLength(),
                consumer);
        give(
                new DefineBinRangeEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .low(BIN)
                        .high(BIN)
                        .issuerId(WALLETS)
                        .encodedLength(),
                consumer);
    }

    private void openWallet(final int index, final CommandConsumer consumer) {
        final OpenAccountEncoder account = new OpenAccountEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .accountId(1 + index)
                .debitLimitMinor(PLENTY_MINOR)
                .maximumBalanceMinor(PLENTY_MINOR)
                .currency(EURO)
                .kind(AccountKind.WALLET);
        account.panToken().high(1 + index).low(TOKEN_LOW);
        give(account.encodedLength(), consumer);
    }

    /** Hands the encoded command over and leaves the buffer blank for the next one. */
    private void give(final int blockLength, final CommandConsumer consumer) {
        consumer.accept(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
        buffer.setMemory(0, buffer.capacity(), (byte) 0);
    }
}
