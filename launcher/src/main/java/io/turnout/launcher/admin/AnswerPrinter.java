package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.engine.OperationRefusal;
import io.turnout.codecs.sbe.engine.OperationState;
import io.turnout.launcher.ExitCode;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints where an operation stands, and says how the command ends. */
final class AnswerPrinter {
    private final PrintWriter out;
    private final OutputFormat format;

    AnswerPrinter(final PrintWriter out, final OutputFormat format) {
        this.out = out;
        this.format = format;
    }

    ExitCode print(final AdminAnswer answer) {
        if (format == OutputFormat.JSON) {
            out.printf(
                    "{\"operationId\":\"%s\",\"state\":\"%s\",\"result\":\"%s\","
                            + "\"refusal\":\"%s\",\"problem\":\"%s\"}%n",
                    answer.operationId(), answer.state(), answer.result(), answer.refusal(), answer.problemText());
        } else {
            table(answer);
        }
        out.flush();
        return answer.isGood() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void table(final AdminAnswer answer) {
        out.printf("operation  %s%n", answer.operationId());
        if (answer.refusal() != OperationRefusal.NONE) {
            out.printf("refused    %s%n", words(answer.refusal()));
        }
        out.printf("state      %s%n", words(answer.state()));
        if (answer.state() == OperationState.EXECUTED) {
            out.printf("result     %s%n", words(answer.result()));
        }
        if (!answer.problemText().isEmpty()) {
            out.printf(
                    "problem    %s%n",
                    answer.problemText().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        if (answer.state() == OperationState.AWAITING_APPROVAL && answer.refusal() == OperationRefusal.NONE) {
            out.printf(
                    "next       another operator: turnout admin approve %s --operator ID --reason TEXT%n",
                    answer.operationId());
        }
    }

    private static String words(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
