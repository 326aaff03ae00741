package dev.usher.oauth;

import dev.usher.client.Clients;
import dev.usher.http.Response;
import dev.usher.oauth.AadB2cErrorTest.Delivery;
import java.util.Map;
import java.util.function.Consumer;

/** Authorization requests that earn errors which are told to the application. */
final class AuthorizeErrors {

    /** Takes what was earned. */
    @FunctionalInterface
    interface Earned {
        void add(AadB2cError error, Delivery delivery, String what, Response response);
    }

    private final FlowWorld world;
    private final Earned earned;

    AuthorizeErrors(FlowWorld world, Earned earned) {
        this.world = world;
        this.earned = earned;
    }

    void earn() {
        requests();
        bounds();
        scopes();
    }

    private void redirect(AadB2cError error, String what, Consumer<Map<String, String>> change) {
        Map<String, String> parameters = world.parameters();
        change.accept(parameters);
        earned.add(error, Delivery.REDIRECT, what, world.authorize(world.browser(), parameters));
    }

    private void requests() {
        world.flow("B2C_1_Ropc", "b2cIdentityUserFlow", "resourceOwner");
        earned.add(
                AadB2cError.NOT_INTERACTIVE,
                Delivery.REDIRECT,
                "a flow without pages",
                world.browser()
                        .get(
                                "/"
                                        + world.tenant.id()
                                        + "/b2c_1_ropc/oauth2/v2.0/authorize?"
                                        + FlowWorld.encoded(world.parameters())));
        redirect(
                AadB2cError.MISSING_PARAMETER,
                "no response_type",
                form -> form.remove("response_type"));
        redirect(
                AadB2cError.RESPONSE_TYPE,
                "an unknown one",
                form -> form.put("response_type", "code cookie"));
        redirect(
                AadB2cError.RESPONSE_MODE,
                "an unknown mode",
                form -> form.put("response_mode", "pigeon"));
        redirect(
                AadB2cError.RESPONSE_MODE,
                "tokens in a query",
                form -> {
                    form.put("response_type", "id_token");
                    form.put("response_mode", "query");
                });
        redirect(
                AadB2cError.MISSING_PARAMETER,
                "an id token without nonce",
                form -> {
                    form.put("response_type", "code id_token");
                    form.remove("nonce");
                });
    }

    private void bounds() {
        redirect(AadB2cError.PROMPT, "unknown", form -> form.put("prompt", "please"));
        redirect(AadB2cError.PROMPT, "none and more", form -> form.put("prompt", "none login"));
        redirect(AadB2cError.MAX_AGE, "negative", form -> form.put("max_age", "-1"));
        redirect(AadB2cError.MAX_AGE, "too large", form -> form.put("max_age", "2147483648"));
        redirect(
                AadB2cError.INVALID_INPUT,
                "markup",
                form -> form.put("login_hint", "<b>ada@example.com"));
        redirect(
                AadB2cError.INVALID_INPUT,
                "more than a journey keeps",
                form -> form.put("other", "x".repeat(17_000)));
        redirect(AadB2cError.NO_SESSION, "silently", form -> form.put("prompt", "none"));
        redirect(
                AadB2cError.SPA_WITHOUT_CHALLENGE,
                "a page without challenge",
                form -> {
                    form.put("redirect_uri", FlowWorld.SPA);
                    form.remove("code_challenge");
                });
        redirect(AadB2cError.CHALLENGE, "short", form -> form.put("code_challenge", "short"));
        redirect(
                AadB2cError.CHALLENGE_METHOD,
                "unknown",
                form -> form.put("code_challenge_method", "S512"));
        Clients.Created strict = world.application();
        world.change(strict, "{'web': {'redirectUris': ['" + FlowWorld.WEB + "']}}");
        world.settings(
                FlowWorld.FLOW,
                "{'applications': ['" + world.app.appId() + "', '" + strict.appId() + "']}");
        redirect(
                AadB2cError.IMPLICIT,
                "not set up for it",
                form -> {
                    form.put("client_id", strict.appId());
                    form.put("response_type", "id_token");
                });
    }

    private void scopes() {
        redirect(AadB2cError.NO_SCOPE, "none", form -> form.remove("scope"));
        redirect(AadB2cError.NO_SCOPE, "blank", form -> form.put("scope", " "));
        redirect(AadB2cError.SCOPE_CHARACTERS, "quoted", form -> form.put("scope", "open\"id"));
        redirect(AadB2cError.NO_RESOURCE, "a name alone", form -> form.put("scope", "openid read"));
        redirect(
                AadB2cError.NO_RESOURCE,
                "a token for nothing",
                form -> {
                    form.put("response_type", "token");
                    form.put("scope", "openid");
                });
        redirect(
                AadB2cError.NO_OPENID,
                "an id token without openid",
                form -> {
                    form.put("response_type", "id_token");
                    form.put("scope", world.app.appId());
                });
        redirect(
                AadB2cError.SCOPE,
                "an unknown API",
                form -> form.put("scope", "https://nowhere.example/api/read"));
        Clients.Created api = world.application();
        world.change(api, FlowScopesTest.API.formatted("https://contoso.example/one"));
        Clients.Created other = world.application();
        world.change(other, FlowScopesTest.API.formatted("https://contoso.example/two"));
        redirect(
                AadB2cError.SEVERAL_RESOURCES,
                "two APIs",
                form ->
                        form.put(
                                "scope",
                                "https://contoso.example/one/read"
                                        + " https://contoso.example/two/read"));
        redirect(
                AadB2cError.NOT_GRANTED,
                "nothing granted",
                form -> form.put("scope", "https://contoso.example/one/read"));
    }
}
