package dev.usher.odata;

import dev.usher.http.Headers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code Prefer} header asks for (RFC 7240, OData 4.01 Part 1, 8.2.8). Unknown preferences
 * are ignored, as the RFC demands; of two that exclude each other the first counts.
 *
 * @param returnRepresentation true for {@code return=representation}, false for {@code
 *     return=minimal}, null when unsaid
 * @param pageSize {@code odata.maxpagesize}, null when unsaid
 * @param strict our own {@code usher-strict}: to be refused where one would else be told
 * @param check our own {@code usher-check}: to be told what there is to say of what is read, too
 * @param createIfMissing whether a change of what is not there is to create it
 * @param eventual whether the header {@code ConsistencyLevel} is {@code eventual}, which some
 *     resources demand for some queries
 */
public record Preferences(
        @Nullable Boolean returnRepresentation,
        @Nullable Integer pageSize,
        boolean unknownEnumMembers,
        boolean strict,
        boolean check,
        boolean createIfMissing,
        boolean eventual) {

    static Preferences of(Headers headers) {
        Boolean representation = null;
        Integer pageSize = null;
        boolean unknownMembers = false;
        boolean strict = false;
        boolean check = false;
        boolean createIfMissing = false;
        for (String line : headers.all("Prefer")) {
            for (String part : line.split(",", -1)) {
                String preference = part.strip().toLowerCase(Locale.ROOT).replace("\"", "");
                int parameters = preference.indexOf(';');
                String name =
                        parameters < 0 ? preference : preference.substring(0, parameters).strip();
                switch (name) {
                    case "return=representation" ->
                            representation = representation == null ? Boolean.TRUE : representation;
                    case "return=minimal" ->
                            representation =
                                    representation == null ? Boolean.FALSE : representation;
                    case "usher-strict" -> strict = true;
                    case "usher-check" -> check = true;
                    case "create-if-missing" -> createIfMissing = true;
                    case "include-unknown-enum-members" -> unknownMembers = true;
                    default -> pageSize = pageSize == null ? pageSize(name) : pageSize;
                }
            }
        }
        boolean eventual =
                headers.first("ConsistencyLevel")
                        .filter(level -> level.strip().equalsIgnoreCase("eventual"))
                        .isPresent();
        return new Preferences(
                representation, pageSize, unknownMembers, strict, check, createIfMissing, eventual);
    }

    private static @Nullable Integer pageSize(String preference) {
        int equals = preference.indexOf('=');
        if (equals < 0) {
            return null;
        }
        String name = preference.substring(0, equals).strip();
        if (!name.equals("odata.maxpagesize") && !name.equals("maxpagesize")) {
            return null;
        }
        try {
            int size = Integer.parseInt(preference.substring(equals + 1).strip());
            return size < 1 ? null : size;
        } catch (NumberFormatException ignored) {
            return null;
        }
    }
}
