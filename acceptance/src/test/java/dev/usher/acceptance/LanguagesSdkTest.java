package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.models.UserFlowLanguageConfiguration;
import com.microsoft.graph.models.UserFlowLanguagePage;
import com.microsoft.graph.models.odataerrors.ODataError;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every method of the SDK's builder of a b2x flow's languages and pages, v1.0. */
@UsherTest
class LanguagesSdkTest {

    private static final String CONTENT =
            "{\"LocalizedStrings\":[{\"ElementType\":\"UxElement\",\"ElementId\":null,\"StringId\":\"button_continue\",\"Override\":true,\"Value\":\"Weiter"
                + " \u2192\"}]}";

    private final Usher usher;

    LanguagesSdkTest(Usher usher) {
        this.usher = usher;
    }

    private String flow() {
        return usher.newFlow(Usher.fresh("Spoken"));
    }

    @Test
    @Proves("GET /identity/b2xUserFlows/{flow-id}/languages")
    @Proves("POST /identity/b2xUserFlows/{flow-id}/languages")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/languages/$count")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/languages/{lang-id}")
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}/languages/{lang-id}")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/languages/{lang-id}")
    void languages() {
        var languages =
                Sdk.stable(usher)
                        .identity()
                        .b2xUserFlows()
                        .byB2xIdentityUserFlowId(flow())
                        .languages();
        assertThat(languages.count().get()).isEqualTo(36);
        assertThat(languages.get().getValue())
                .hasSize(36)
                .extracting(UserFlowLanguageConfiguration::getId)
                .contains("de", "pt-br", "zh-hans");
        var german = new UserFlowLanguageConfiguration();
        german.setId("de");
        german.setIsEnabled(false);
        assertThat(languages.post(german).getDisplayName()).isEqualTo("Deutsch");
        var item = languages.byUserFlowLanguageConfigurationId("de");
        assertThat(item.get().getIsEnabled()).isFalse();
        var change = new UserFlowLanguageConfiguration();
        change.setIsEnabled(true);
        item.patch(change);
        assertThat(item.get().getIsEnabled()).isTrue();
        assertThat(
                        languages
                                .get(request -> {
                                    request.queryParameters.filter = "isEnabled eq true";
                                    request.queryParameters.orderby = new String[] {"displayName"};
                                    request.queryParameters.top = 1;
                                    request.queryParameters.count = true;
                                    request.queryParameters.expand =
                                            new String[] {"overridesPages"};
                                })
                                .getValue())
                .singleElement()
                .satisfies(first -> assertThat(first.getOverridesPages()).isNotEmpty());
        ODataError builtIn = catchThrowableOfType(ODataError.class, item::delete);
        assertThat(builtIn.getResponseStatusCode()).isEqualTo(405);
    }

    @Test
    @Proves("GET /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/overridesPages")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/overridesPages/$count")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/overridesPages/{page-id}")
    @Proves(
            "GET /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/overridesPages/{page-id}/$value")
    @Proves(
            "PUT /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/overridesPages/{page-id}/$value")
    @Proves(
            "DELETE"
                + " /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/overridesPages/{page-id}/$value")
    @Proves("POST /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/overridesPages")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/overridesPages/{page-id}")
    void overrides() throws IOException {
        var pages =
                Sdk.stable(usher)
                        .identity()
                        .b2xUserFlows()
                        .byB2xIdentityUserFlowId(flow())
                        .languages()
                        .byUserFlowLanguageConfigurationId("de")
                        .overridesPages();
        assertThat(pages.count().get()).isEqualTo(pages.get().getValue().size()).isPositive();
        var page = pages.byUserFlowLanguagePageId("selfasserted1_1");
        assertThat(page.get().getId()).isEqualTo("selfasserted1_1");
        var content = page.content();
        assertThat(text(content.get())).isEqualTo("{\"LocalizedStrings\":[]}");
        content.put(stream(CONTENT));
        assertThat(text(content.get())).isEqualTo(CONTENT);
        content.delete();
        assertThat(text(content.get())).isEqualTo("{\"LocalizedStrings\":[]}");
        ODataError wrong =
                catchThrowableOfType(
                        ODataError.class,
                        () ->
                                content.put(
                                        stream(
                                                CONTENT.replace(
                                                        "button_continue", "nothing_like_it"))));
        assertThat(wrong.getResponseStatusCode()).isEqualTo(400);
        assertThat(wrong.getMessage())
                .contains("selfasserted1_1", "nothing_like_it", "button_continue");
        fixed(() -> pages.post(new UserFlowLanguagePage()));
        fixed(page::delete);
        fixed(() -> page.patch(new UserFlowLanguagePage()));
    }

    @Test
    @Proves("GET /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/defaultPages")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/defaultPages/$count")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/defaultPages/{page-id}")
    @Proves(
            "GET /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/defaultPages/{page-id}/$value")
    @Proves(
            "PUT /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/defaultPages/{page-id}/$value")
    @Proves("POST /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/defaultPages")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/languages/{lang-id}/defaultPages/{page-id}")
    void defaults() throws IOException {
        var pages =
                Sdk.stable(usher)
                        .identity()
                        .b2xUserFlows()
                        .byB2xIdentityUserFlowId(flow())
                        .languages()
                        .byUserFlowLanguageConfigurationId("de")
                        .defaultPages();
        assertThat(pages.count().get()).isEqualTo(pages.get().getValue().size()).isPositive();
        var page = pages.byUserFlowLanguagePageId("selfasserted1_1");
        assertThat(page.get().getId()).isEqualTo("selfasserted1_1");
        assertThat(text(page.content().get()))
                .contains("\"StringId\":\"button_continue\",\"Override\":false")
                .contains("\"ElementType\":\"ClaimType\",\"ElementId\":\"city\"");
        fixed(() -> page.content().put(stream(CONTENT)));
        fixed(() -> page.content().delete());
        fixed(() -> pages.post(new UserFlowLanguagePage()));
        fixed(page::delete);
        fixed(() -> page.patch(new UserFlowLanguagePage()));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(InputStream content) throws IOException {
        return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void fixed(ThrowingCallable call) {
        ODataError refused = catchThrowableOfType(ODataError.class, call);
        assertThat(refused.getResponseStatusCode()).isEqualTo(405);
        assertThat(refused.getError().getCode()).isEqualTo("Request_BadRequest");
    }
}
