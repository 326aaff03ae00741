package dev.usher.odata;

import dev.usher.edm.ComplexType;
import dev.usher.edm.Model;
import dev.usher.edm.Property;
import dev.usher.edm.Step;
import dev.usher.edm.Terms;
import dev.usher.http.Response;
import dev.usher.store.Entity;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code Outcome -> Response}: status, headers and JSON (OData JSON Format 4.01). */
final class Writer {

    private final Model model;
    private final Function<Model, byte[]> metadata;
    private final ResourceUrls urls;
    private final ContextUrl context;
    private final Layouts layouts = new Layouts();
    private final JsonMapper mapper = JsonMapper.shared();

    Writer(Model model, StoredTypes storedTypes, Function<Model, byte[]> metadata) {
        this.model = model;
        this.metadata = metadata;
        this.urls = new ResourceUrls(model, storedTypes);
        this.context = new ContextUrl(urls);
    }

    Response write(ODataRequest request, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Metadata() ->
                    Response.of(200, "application/xml;charset=utf-8", metadata.apply(model))
                            .with("OData-Version", "4.0");
            case Outcome.ServiceDocument() -> serviceDocument(request);
            case Outcome.Found found ->
                    entity(request, 200, found.address(), found.node(), found.shape());
            case Outcome.Listed listed -> listed(request, listed);
            case Outcome.Counted(var count) ->
                    Response.text(200, "text/plain", Long.toString(count))
                            .with("OData-Version", "4.0");
            case Outcome.PropertyFound found -> property(request, found);
            case Outcome.References references -> references(request, references);
            case Outcome.Returned returned -> returned(request, returned);
            case Outcome.ResultChanged changed -> resultChanged(request, changed);
            case Outcome.Created created -> created(request, created);
            case Outcome.Updated updated -> updated(request, updated);
            case Outcome.Done done -> done(request, done);
            case Outcome.Inspected(var inner, var inspection) ->
                    write(request, inner).with(inspection.header(), inspection.value());
            case Outcome.Stream(var media, var etag) ->
                    Response.of(200, media.contentType(), media.content())
                            .with("ETag", etag)
                            .with("OData-Version", "4.0");
            case Outcome.StreamChanged(var etag) -> {
                Response response = Response.empty(204).with("OData-Version", "4.0");
                yield etag == null ? response : response.with("ETag", etag);
            }
            case Outcome.NotModified(var etag) -> Response.empty(304).with("ETag", etag);
        };
    }

    private Response serviceDocument(ODataRequest request) {
        return object(
                request,
                200,
                json -> {
                    context(request, json, "");
                    json.writeArrayPropertyStart("value");
                    for (Model.Root root : model.container()) {
                        json.writeStartObject();
                        json.writeStringProperty("name", root.name());
                        json.writeStringProperty(
                                "kind", root.collection() ? "EntitySet" : "Singleton");
                        json.writeStringProperty("url", root.name());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private Response entity(
            ODataRequest request, int status, Address address, Node node, Shape shape) {
        Response response =
                object(
                        request,
                        status,
                        json -> {
                            context(request, json, "#" + context.entity(address, shape));
                            writer(request, json).members(address, address.type(), node, shape);
                        });
        boolean stored = !(address instanceof Address.Singleton);
        return stored ? response.with("ETag", Preconditions.etag(node.entity())) : response;
    }

    private Response listed(ODataRequest request, Outcome.Listed listed) {
        Response response =
                object(
                        request,
                        200,
                        json -> {
                            context(
                                    request,
                                    json,
                                    "#" + context.collection(listed.address(), listed.shape()));
                            paging(
                                    request,
                                    json,
                                    listed.address(),
                                    listed.count(),
                                    listed.skipToken());
                            json.writeArrayPropertyStart("value");
                            EntityWriter writer = writer(request, json);
                            for (Node node : listed.nodes()) {
                                json.writeStartObject();
                                writer.members(
                                        listed.address(),
                                        listed.address().type(),
                                        node,
                                        listed.shape());
                                json.writeEndObject();
                            }
                            json.writeEndArray();
                        });
        return listed.pageSizeHonoured()
                ? response.with("Preference-Applied", "odata.maxpagesize=" + listed.pageSize())
                : response;
    }

    private void paging(
            ODataRequest request,
            JsonGenerator json,
            Address address,
            @Nullable Long count,
            @Nullable String skipToken) {
        if (count != null) {
            json.writeNumberProperty("@odata.count", count);
        }
        if (skipToken != null) {
            String suffix =
                    address instanceof Address.Members && endsWithRef(request) ? "/$ref" : "";
            StringBuilder next = new StringBuilder(request.root());
            next.append('/').append(ResourceUrls.segments(address)).append(suffix).append('?');
            request.options().replay().forEach(option -> next.append(option).append('&'));
            next.append("$skiptoken=").append(ResourceUrls.encode(skipToken));
            json.writeStringProperty("@odata.nextLink", next.toString());
        }
    }

    private static boolean endsWithRef(ODataRequest request) {
        return request.path().getLast().name().equalsIgnoreCase("$ref");
    }

    private Response property(ODataRequest request, Outcome.PropertyFound found) {
        JsonNode value = found.node().entity().properties();
        for (Step step : found.path()) {
            value = value == null ? null : value.get(StoredTypes.storedName(step.property()));
        }
        Property last = found.path().getLast().property();
        boolean isKey = found.path().size() == 1 && last.name().equals(found.node().type().key());
        JsonNode shown =
                isKey ? mapper.getNodeFactory().stringNode(found.node().entity().id()) : value;
        if (shown == null || shown.isNull()) {
            return Response.empty(204).with("OData-Version", "4.0");
        }
        return found.raw() ? raw(shown) : property(request, found, last, shown);
    }

    private Response property(
            ODataRequest request, Outcome.PropertyFound found, Property last, JsonNode value) {
        List<Step> holder = found.path().subList(0, found.path().size() - 1);
        Shape inOwner = Expansions.below(found.path(), found.shape());
        return object(
                request,
                200,
                json -> {
                    context(
                            request,
                            json,
                            "#" + context.property(found.address(), found.path(), found.shape()));
                    EntityWriter writer = writer(request, json);
                    if (last.type().type() instanceof ComplexType complex
                            && !last.type().collection()) {
                        writer.complexMembers(last, complex, value, found.node(), inOwner, holder);
                    } else {
                        json.writeName("value");
                        writer.value(Layouts.Member.of(last), value, found.node(), inOwner, holder);
                    }
                });
    }

    private static Response raw(JsonNode value) {
        boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
        String text = whole ? Long.toString((long) value.doubleValue()) : value.asString();
        return Response.text(200, "text/plain;charset=utf-8", text).with("OData-Version", "4.0");
    }

    private Response references(ODataRequest request, Outcome.References references) {
        boolean many = references.address() instanceof Address.Members;
        return object(
                request,
                200,
                json -> {
                    context(request, json, many ? "#Collection($ref)" : "#$ref");
                    if (!many) {
                        json.writeStringProperty(
                                "@odata.id",
                                url(
                                        request,
                                        references.address(),
                                        references.targets().getFirst()));
                        return;
                    }
                    paging(
                            request,
                            json,
                            references.address(),
                            references.count(),
                            references.skipToken());
                    json.writeArrayPropertyStart("value");
                    for (Entity target : references.targets()) {
                        json.writeStartObject();
                        json.writeStringProperty(
                                "@odata.id", url(request, references.address(), target));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private Response returned(ODataRequest request, Outcome.Returned returned) {
        var type = returned.operation().result();
        return object(
                request,
                returned.accepted() ? 202 : 200,
                json -> {
                    context(request, json, type == null ? "" : "#" + type.text());
                    if (returned.result().isObject()) {
                        returned.result()
                                .forEachEntry((name, value) -> {
                                    json.writeName(name);
                                    json.writeTree(value);
                                });
                    } else {
                        json.writeName("value");
                        json.writeTree(returned.result());
                    }
                });
    }

    private Response resultChanged(ODataRequest request, Outcome.ResultChanged changed) {
        Boolean asked = request.prefer().returnRepresentation();
        boolean representation = asked != null && asked;
        Response response =
                representation
                        ? returned(
                                request,
                                new Outcome.Returned(changed.operation(), changed.result(), false))
                        : Response.empty(204).with("OData-Version", "4.0");
        return applied(response, asked, representation);
    }

    private Response created(ODataRequest request, Outcome.Created created) {
        Boolean asked = request.prefer().returnRepresentation();
        boolean representation =
                asked == null ? !created.minimalByDefault() : asked || !created.shape().plain();
        Entity entity = created.node().entity();
        Response response =
                representation
                        ? entity(request, 201, created.address(), created.node(), created.shape())
                        : Response.empty(204)
                                .with("ETag", Preconditions.etag(entity))
                                .with("OData-Version", "4.0");
        response.with("Location", location(request, created.address(), entity));
        if (!representation) {
            response.with("OData-EntityId", url(request, created.address(), entity));
        }
        if (!created.placeholders().isEmpty()) {
            response.with("x-compat-placeholder", String.join(",", created.placeholders()));
        }
        return applied(response, asked, representation);
    }

    private Response updated(ODataRequest request, Outcome.Updated updated) {
        Boolean asked = request.prefer().returnRepresentation();
        boolean representation =
                asked == null ? !updated.shape().plain() || insists(request, updated) : asked;
        Response response =
                representation
                        ? entity(request, 200, updated.address(), updated.node(), updated.shape())
                        : Response.empty(204)
                                .with("ETag", Preconditions.etag(updated.node().entity()))
                                .with("OData-Version", "4.0");
        return applied(response, asked, representation);
    }

    private static boolean insists(ODataRequest request, Outcome.Updated updated) {
        return request.metadata() == MetadataLevel.FULL
                && updated.address() instanceof Address.Item item
                && item.of().navigation().annotations().flag(Terms.SHOW_UPDATED);
    }

    private static Response applied(
            Response response, @Nullable Boolean asked, boolean representation) {
        return asked != null && asked == representation
                ? response.with(
                        "Preference-Applied",
                        representation ? "return=representation" : "return=minimal")
                : response;
    }

    private Response done(ODataRequest request, Outcome.Done done) {
        Response response = Response.empty(204).with("OData-Version", "4.0");
        return done.address() != null && done.entity() != null
                ? response.with("OData-EntityId", url(request, done.address(), done.entity()))
                : response;
    }

    private String url(ODataRequest request, Address address, Entity entity) {
        return request.root() + "/" + urls.canonicalPath(address, entity);
    }

    private static String location(ODataRequest request, Address address, Entity entity) {
        return request.root()
                + "/"
                + ResourceUrls.segments(address)
                + "/"
                + ResourceUrls.encode(entity.id());
    }

    private void context(ODataRequest request, JsonGenerator json, String fragment) {
        if (request.metadata() != MetadataLevel.NONE) {
            json.writeStringProperty("@odata.context", request.metadataUrl() + fragment);
        }
    }

    private EntityWriter writer(ODataRequest request, JsonGenerator json) {
        return new EntityWriter(model, urls, layouts, request, json);
    }

    private Response object(ODataRequest request, int status, Consumer<JsonGenerator> members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = mapper.createGenerator(out)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        String type =
                "application/json;odata.metadata="
                        + request.metadata().text()
                        + ";odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
        return Response.of(status, type, out.toByteArray()).with("OData-Version", "4.0");
    }
}
