package dev.usher.graph;

import dev.usher.fuzz.Dice;
import dev.usher.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests of Graph's grammar, many of them bent a little. */
final class GraphInputs {

    private static final double MUTATED = 0.4;

    private final GraphNames names = new GraphNames();
    private String set = "";

    /**
     * What the answer to the last input named: a key, empty for none, and an entity tag or null.
     */
    void remember(String key, String tag) {
        names.key(set, key);
        names.tag(tag);
    }

    void rememberNext(String url) {
        names.next(url);
    }

    Input next(Dice dice) {
        String method = dice.of("GET", "GET", "GET", "POST", "POST", "PATCH", "PUT", "DELETE");
        set = dice.pick(GraphNames.SETS);
        boolean read = method.equals("GET");
        String target =
                path(dice, method) + new GraphOptions(dice, names, set).query(read ? 0.5 : 0.03);
        if (read && dice.chance(0.05)) {
            target = names.next(dice, target);
        }
        boolean bodiless = read || method.equals("DELETE");
        String body = bodiless && dice.chance(0.98) ? "" : body(dice, target);
        List<String> headers = headers(dice);
        if (dice.chance(MUTATED)) {
            switch (dice.below(bodiless ? 3 : 4)) {
                case 0, 1 -> target = dice.mutated(target);
                case 2 -> headers.replaceAll(header -> header(dice, header));
                default -> body = dice.mutated(body);
            }
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && dice.chance(0.02)) {
            bytes[dice.below(bytes.length)] = (byte) dice.below(256);
        }
        return new Input(
                dice.chance(0.01) ? dice.of("HEAD", "TRACE", "get", "MERGE", "OPTIONS") : method,
                Input.printable(routed(target)),
                headers,
                bytes);
    }

    /** The router gives the Graph edge nothing else. */
    private static String routed(String target) {
        return target.matches("(?is)/+(v1\\.0|beta)([/?].*)?") ? target : "/beta/" + target;
    }

    private static String header(Dice dice, String header) {
        int colon = header.indexOf(':') + 1;
        String value = dice.mutated(header.substring(colon)).replaceAll("[\\x00-\\x1f\\x7f]", "");
        return header.substring(0, colon) + value;
    }

    private String keyed(Dice dice, String of) {
        String key = names.key(dice, of);
        return dice.chance(0.2) ? "('" + key + "')" : "/" + key;
    }

    private String path(Dice dice, String method) {
        String root = dice.of("/v1.0", "/beta", "/beta", "/BETA") + "/identity/";
        String all = root + set;
        String flow = root + "b2xUserFlows" + keyed(dice, "b2xUserFlows");
        String providers = flow + "/userFlowIdentityProviders";
        String step = flow + "/apiConnectorConfiguration/" + dice.pick(GraphNames.STEPS);
        if (dice.chance(0.15)) {
            return newer(dice, method, root, flow);
        }
        if (set.startsWith("authenticationEvent") && dice.chance(0.5)) {
            return events(dice, method, all + keyed(dice, set));
        }
        if (dice.chance(0.03)) {
            return dice.of(
                    "/beta/policies/authenticationFlowsPolicy",
                    "/beta/policies/b2cAuthenticationMethodsPolicy",
                    "/beta/policies",
                    root + "events/onSignupStart",
                    root + "customAuthenticationExtensions/validateAuthenticationConfiguration");
        }
        if (dice.chance(0.1)) {
            return dice.of(
                    root,
                    root + "$count",
                    all + "/$ref",
                    flow + "/apiConnectorConfiguration",
                    providers + "/$count",
                    flow + "/identityProviders/$ref",
                    step + "/$ref/$ref",
                    "/beta/$metadata",
                    "/v1.0/contoso.onmicrosoft.com/identity/" + set);
        }
        return switch (method) {
            case "GET" ->
                    dice.of(
                            all,
                            all,
                            all,
                            all + "/$count",
                            all + keyed(dice, set),
                            providers + dice.of("", "/$ref"),
                            step + dice.of("", "/$ref"),
                            all + keyed(dice, set) + "/" + names.property(dice, set),
                            all + keyed(dice, set) + "/displayName/$value",
                            root + "identityProviders/availableProviderTypes()",
                            root + "identityProviders/microsoft.graph.socialIdentityProvider");
            case "POST" -> dice.chance(0.3) ? providers + "/$ref" : all;
            case "PATCH" -> all + keyed(dice, set);
            case "PUT" -> step + "/$ref";
            default ->
                    dice.of(
                            all + keyed(dice, set),
                            step + "/$ref",
                            providers + keyed(dice, "identityProviders") + "/$ref");
        };
    }

    /** What came to the family after its collections. */
    private String newer(Dice dice, String method, String root, String flow) {
        if (dice.chance(0.4)) {
            return languages(dice, flow);
        }
        String assignments = flow + "/userAttributeAssignments";
        return switch (method) {
            case "GET" -> dice.of(assignments, assignments + "/getOrder()", assignments + "/city");
            case "POST" ->
                    dice.of(
                            assignments,
                            assignments + "/setOrder",
                            "/beta/$batch",
                            root
                                    + "apiConnectors"
                                    + keyed(dice, "apiConnectors")
                                    + "/uploadClientCertificate");
            default ->
                    assignments
                            + "/"
                            + dice.of("city", "emailReadonly", "surname", "none")
                            + dice.of("", "", "/userAttribute/$ref");
        };
    }

    /** Whatever the method. */
    private static String languages(Dice dice, String flow) {
        String language = dice.of("", "", "/de", "/DE", "('pt-br')", "/es-ES", "/none");
        String pages = dice.of("", "", "/overridesPages", "/overridesPages", "/defaultPages");
        String page = dice.of("", "/selfasserted1_1", "/idpselections", "/none");
        return flow
                + "/languages"
                + language
                + pages
                + page
                + dice.of("", "", "/$value", "/$value", "/$count", "/$ref");
    }

    /** What lies inside an events flow or a listener. */
    private String events(Dice dice, String method, String item) {
        String cast = dice.of("/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow", "");
        String applications = item + cast + "/conditions/applications/includeApplications";
        String attributes =
                item
                        + "/graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollection"
                        + "/graph.onAttributeCollectionExternalUsersSelfServiceSignUp/attributes";
        String providers =
                item
                        + "/graph.externalUsersSelfServiceSignUpEventsFlow"
                        + "/onAuthenticationMethodLoadStart"
                        + "/graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp"
                        + "/identityProviders";
        String extension =
                item
                        + "/graph.onTokenIssuanceStartListener/handler"
                        + "/graph.onTokenIssuanceStartCustomExtensionHandler/customExtension";
        return switch (method) {
            case "POST" -> dice.of(applications, attributes + "/$ref", providers + "/$ref");
            case "PUT" -> extension + "/$ref";
            case "DELETE" ->
                    dice.of(
                            applications + "/" + GraphBodies.APPLICATION,
                            attributes + "/city/$ref",
                            providers + keyed(dice, "identityProviders") + "/$ref");
            default ->
                    dice.of(
                            item,
                            item + cast,
                            item + "/conditions",
                            applications + dice.of("", "/$count", "/" + GraphBodies.APPLICATION),
                            attributes + dice.of("", "/$ref", "/$count"),
                            providers + dice.of("", "/$ref", "/$count"),
                            extension);
        };
    }

    private String body(Dice dice, String target) {
        GraphBodies bodies = new GraphBodies(dice, names);
        if (target.contains("includeApplications")) {
            return bodies.application();
        }
        if (target.contains("/attributes/$ref")) {
            return "{\"id\":\"" + dice.of("city", "surname", "none") + "\"}";
        }
        if (target.contains("/customExtension/$ref")) {
            return bodies.reference("customAuthenticationExtensions");
        }
        if (target.contains("/$ref") && dice.chance(0.95)) {
            return bodies.reference(
                    target.contains("Connector") ? "apiConnectors" : "identityProviders");
        }
        if (target.contains("/userAttributeAssignments")) {
            return target.contains("setOrder") ? bodies.order() : bodies.assignment();
        }
        if (target.contains("/languages")) {
            return bodies.language(target.contains("ages/"));
        }
        if (target.contains("$batch")) {
            return bodies.batch(() ->
                    new String[] {
                        dice.of("GET", "POST", "PATCH", "DELETE"),
                        path(dice, dice.of("GET", "POST", "PATCH")).replaceFirst("^/[^/]*", "")
                    });
        }
        if (target.contains("uploadClientCertificate")) {
            return bodies.certificate();
        }
        return bodies.entity(dice.chance(0.97) ? set : dice.pick(GraphNames.SETS));
    }

    private List<String> headers(Dice dice) {
        List<String> headers = new ArrayList<>();
        headers.add("Content-Type: application/json");
        if (dice.chance(0.1)) {
            headers.set(
                    0,
                    dice.of(
                            "Content-Type: application/json;charset=utf-8",
                            "Content-Type: application/json; charset=latin1",
                            "Content-Type: text/plain",
                            "Content-Type: application/json;odata.metadata=full"));
        }
        if (dice.chance(0.3)) {
            headers.add(
                    dice.of(
                            "Accept: application/json;odata.metadata=full",
                            "Accept: application/json;odata.metadata=none",
                            "Accept: text/html",
                            "Accept: application/xml"));
        }
        if (dice.chance(0.3)) {
            headers.add(
                    dice.of(
                            "Prefer: return=representation",
                            "Prefer: return=minimal",
                            "Prefer: odata.maxpagesize=2",
                            "Prefer: odata.maxpagesize=99999999999",
                            "Prefer: a=\"b\";c"));
        }
        if (dice.chance(0.1)) {
            headers.add(dice.of("If-Match: ", "If-None-Match: ") + names.tag(dice));
        }
        return headers;
    }
}
