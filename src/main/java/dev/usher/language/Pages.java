package dev.usher.language;

import dev.usher.store.Entity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which pages a flow shows, and what each consists of. */
public final class Pages {

    /**
     * One page.
     *
     * @param id its key in Graph
     * @param parts the parts of {@link dev.usher.text.EnglishTexts} that it consists of
     * @param asksAttributes whether it asks people for attributes
     * @param offersProviders whether it offers identity providers
     */
    public record Page(
            String id, List<String> parts, boolean asksAttributes, boolean offersProviders) {}

    private static final String B2X = "b2x";

    private static final Page SELECTION =
            new Page("idpselections", List.of("selection"), false, true);
    private static final Page SIGN_IN =
            new Page("localaccountsignin1_1", List.of("signIn"), false, true);
    private static final Page UNIFIED =
            new Page(
                    "signinandsignupwithpassword1_1", List.of("signIn", "signUpLink"), false, true);
    private static final Page SIGN_UP =
            new Page(
                    "localaccountsignup1_1",
                    List.of("signUp", "form", "verification", "newPassword"),
                    true,
                    false);
    private static final Page ATTRIBUTES =
            new Page("selfasserted1_1", List.of("attributes", "form", "verification"), true, false);
    private static final Page RESET =
            new Page(
                    "localaccountpasswordreset1_1",
                    List.of("passwordReset", "form", "verification", "newPassword"),
                    false,
                    false);
    private static final Page PROFILE =
            new Page(
                    "selfasserted_profileupdate1_1",
                    List.of("profile", "form", "verification"),
                    true,
                    false);
    private static final Page PHONE = new Page("phonefactor", List.of("phone"), false, false);

    /** By the set's name: {@code b2x}, or the type of a B2C flow. */
    private static final Map<String, List<Page>> SETS =
            Map.of(
                    B2X,
                    List.of(SELECTION, ATTRIBUTES),
                    "signUp",
                    List.of(SELECTION, SIGN_UP, PHONE, ATTRIBUTES),
                    "signIn",
                    List.of(SELECTION, RESET, SIGN_IN, PHONE),
                    "signUpOrSignIn",
                    List.of(RESET, SIGN_UP, PHONE, ATTRIBUTES, UNIFIED),
                    "passwordReset",
                    List.of(RESET, PHONE),
                    "profileUpdate",
                    List.of(SELECTION, SIGN_IN, PHONE, PROFILE),
                    "resourceOwner",
                    List.of());

    private Pages() {}

    /** The name of the set of pages that a flow shows. */
    public static String set(Entity flow) {
        return Languages.isB2c(flow) ? flow.properties().path("userFlowType").asString("") : B2X;
    }

    /** The pages of a set, in the order of their keys. */
    public static List<Page> of(String set) {
        return SETS.getOrDefault(set, List.of());
    }

    /** The page of that key, ignoring case, if the flow shows it. */
    public static Optional<Page> find(Entity flow, String id) {
        return of(set(flow)).stream().filter(page -> page.id().equals(Entity.fold(id))).findFirst();
    }
}
