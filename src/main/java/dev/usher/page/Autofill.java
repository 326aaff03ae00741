package dev.usher.page;

import java.util.Map;

/** What browsers may fill into which attribute (HTML, autofill detail tokens). */
final class Autofill {

    private static final Map<String, String> TOKENS =
            Map.of(
                    "city", "address-level2",
                    "country", "country-name",
                    "displayName", "name",
                    "givenName", "given-name",
                    "jobTitle", "organization-title",
                    "postalCode", "postal-code",
                    "state", "address-level1",
                    "streetAddress", "street-address",
                    "surname", "family-name");

    private Autofill() {}

    static String of(String attribute) {
        return TOKENS.getOrDefault(attribute, "off");
    }
}
