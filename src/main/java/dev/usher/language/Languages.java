package dev.usher.language;

import dev.usher.store.Entity;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The languages of user flows: those that every flow has, and what others may be called. */
public final class Languages {

    /** The language of the program's own texts, and of a flow that names no other. */
    public static final String ENGLISH = "en";

    /** The property of a flow of a B2C tenant that names its default language. */
    public static final String DEFAULT_TAG = "defaultLanguageTag";

    /** The property of a flow of a B2C tenant without which it has no languages. */
    public static final String CUSTOMIZATION = "isLanguageCustomizationEnabled";

    private static final String B2C = "microsoft.graph.b2cIdentityUserFlow";
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** Tag and own name of each, by tag. */
    private static final Map<String, String> BUILT_IN = builtIn();

    private Languages() {}

    private static Map<String, String> builtIn() {
        Map<String, String> names = new LinkedHashMap<>();
        for (String language :
                List.of(
                        "bn=বাংলা",
                        "cs=Čeština",
                        "da=Dansk",
                        "de=Deutsch",
                        "el=Ελληνικά",
                        "en=English",
                        "es=Español",
                        "fi=Suomi",
                        "fr=Français",
                        "gu=ગુજરાતી",
                        "hi=हिन्दी",
                        "hr=Hrvatski",
                        "hu=Magyar",
                        "it=Italiano",
                        "ja=日本語",
                        "kn=ಕನ್ನಡ",
                        "ko=한국어",
                        "ml=മലയാളം",
                        "mr=मराठी",
                        "ms=Bahasa Melayu",
                        "nb=Norsk bokmål",
                        "nl=Nederlands",
                        "pa=ਪੰਜਾਬੀ",
                        "pl=Polski",
                        "pt-br=Português (Brasil)",
                        "pt-pt=Português (Portugal)",
                        "ro=Română",
                        "ru=Русский",
                        "sk=Slovenčina",
                        "sv=Svenska",
                        "ta=தமிழ்",
                        "te=తెలుగు",
                        "th=ไทย",
                        "tr=Türkçe",
                        "zh-hans=简体中文",
                        "zh-hant=繁體中文")) {
            int equals = language.indexOf('=');
            names.put(language.substring(0, equals), language.substring(equals + 1));
        }
        return names;
    }

    /** The tags of the languages that every flow has, in alphabetical order. */
    public static List<String> builtInTags() {
        return List.copyOf(BUILT_IN.keySet());
    }

    /** Whether every flow has the language of that tag, ignoring case. */
    public static boolean isBuiltIn(String tag) {
        return BUILT_IN.containsKey(Entity.fold(tag));
    }

    /** The tags mean the same language. */
    public static boolean same(String one, String other) {
        return Entity.fold(one).equals(Entity.fold(other));
    }

    /**
     * The usual spelling of a tag: {@code es-ES}; lower case for a built-in one. Empty for what is
     * no tag (RFC 5646) of a known language, perhaps with a script, perhaps with a known country or
     * a region number; and for one that another tag has replaced.
     */
    public static Optional<String> canonical(String tag) {
        return current(tag).filter(usual -> same(usual, tag));
    }

    /** The tag that has replaced this one (RFC 5646, 4.5): {@code he} for {@code iw}. */
    public static Optional<String> replacement(String tag) {
        return current(tag).filter(usual -> !same(usual, tag));
    }

    private static Optional<String> current(String tag) {
        if (isBuiltIn(tag)) {
            return Optional.of(Entity.fold(tag));
        }
        Locale locale;
        try {
            locale = new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException malformed) {
            return Optional.empty();
        }
        String language = locale.getLanguage();
        String country = locale.getCountry();
        boolean known =
                !language.isEmpty()
                        && !locale.getDisplayLanguage(Locale.ENGLISH).equals(language)
                        && locale.getVariant().isEmpty()
                        && locale.getExtensionKeys().isEmpty()
                        && (country.isEmpty()
                                || country.length() == 3
                                || COUNTRIES.contains(country));
        return known ? Optional.of(locale.toLanguageTag()) : Optional.empty();
    }

    /** Its own name for a built-in language, else the English one: {@code Spanish (Spain)}. */
    public static String displayName(String tag) {
        String own = BUILT_IN.get(Entity.fold(tag));
        return own != null ? own : Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
    }

    /** Whether it is a flow of a B2C tenant, whose languages are off until customization is on. */
    public static boolean isB2c(Entity flow) {
        return flow.type().equals(B2C);
    }

    /** Whether the flow speaks more than its default language. */
    public static boolean customized(Entity flow) {
        return !isB2c(flow) || flow.properties().path(CUSTOMIZATION).asBoolean(false);
    }

    /** The tag of the language that a flow speaks when nothing calls for another. */
    public static String defaultTag(Entity flow) {
        JsonNode tag = flow.properties().path(DEFAULT_TAG);
        return tag.isString() && !tag.stringValue().isEmpty() ? tag.stringValue() : ENGLISH;
    }

    /** Whether the language is enabled on a flow that has said nothing about it. */
    public static boolean enabledAtFirst(Entity flow, String tag) {
        return !isB2c(flow) || same(tag, defaultTag(flow));
    }
}
