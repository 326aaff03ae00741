package dev.usher.oauth;

import dev.usher.grant.Authority;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.tenant.Tenants;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what endpoints refuse into answers, for those who asked. */
final class Guard {

    private final FlowAnswers answers;
    private final Answers entra;
    private final Tenants tenants;

    Guard(FlowAnswers answers, Answers entra, Tenants tenants) {
        this.answers = answers;
        this.entra = entra;
        this.tenants = tenants;
    }

    /** How a refusal is delivered where no application can be told. */
    enum Audience {
        PEOPLE,
        PROGRAMS
    }

    /** The answer of the work, or to what it refuses. */
    Response answer(
            Request request, Authority authority, Audience audience, Supplier<Response> work) {
        Response response;
        try {
            response = work.get();
        } catch (FlowRefused refused) {
            response = refuse(request, authority, refused, audience);
        } catch (AadRefused refused) {
            response =
                    audience == Audience.PEOPLE
                            ? refuse(request, authority, new FlowRefused(refused), audience)
                            : entra.error(request, refused);
        }
        return response.with("client-request-id", Answers.correlationId(request))
                .with("x-ms-request-id", request.requestId());
    }

    private Response refuse(
            Request request, Authority authority, FlowRefused refused, Audience audience) {
        return audience == Audience.PEOPLE
                ? answers.page(request, authority, refused, tenantName(request))
                : answers.json(request, authority, refused);
    }

    private @Nullable String tenantName(Request request) {
        return Optional.ofNullable(request.trail().tenant())
                .flatMap(tenants::find)
                .map(tenant -> tenant.displayName())
                .orElse(null);
    }
}
