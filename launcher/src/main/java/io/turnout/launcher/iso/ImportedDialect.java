package io.turnout.launcher.iso;

import io.turnout.codecs.iso8583.Dialect;
import java.util.List;

/**
 * What became of a specification in another form.
 *
 * @param dialect what was understood
 * @param remarks what could not be said in a dialect, or was left whole
 */
public record ImportedDialect(Dialect dialect, List<String> remarks) {}
