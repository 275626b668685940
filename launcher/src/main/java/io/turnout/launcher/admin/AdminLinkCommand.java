package io.turnout.launcher.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout admin link}: takes links to banks out of service and puts them back. */
@Command(
        name = "link",
        description = "Takes a link to a bank out of service, or puts it back.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class AdminLinkCommand {
    private final EngineCommands commands = new EngineCommands();

    @Spec
    private CommandSpec spec;

    @Command(
            name = "drain",
            description = {
                "Sends nothing new on a link. What is in flight on it is still answered; then it is signed off, and "
                        + "stays so, over restarts, until it is put back.",
                "turnout admin links tells when it is drained."
            },
            mixinStandardHelpOptions = true)
    int drain(
            @Mixin final SubmitOptions options,
            @Parameters(paramLabel = "LINK", description = "Link id.") final int linkId) {
        return options.submit(spec.commandLine().getOut(), commands.setLinkService(linkId, false));
    }

    @Command(
            name = "resume",
            description = "Signs a link on again and sends payments on it.",
            mixinStandardHelpOptions = true)
    int resume(
            @Mixin final SubmitOptions options,
            @Parameters(paramLabel = "LINK", description = "Link id.") final int linkId) {
        return options.submit(spec.commandLine().getOut(), commands.setLinkService(linkId, true));
    }
}
