package dev.usher.odata;

import dev.usher.text.CatalogueEntry;

/**
 * The codes of Graph's error body (contract of the user-flow workload), by the room that refuses.
 */
public enum GraphError implements CatalogueEntry {
    MALFORMED_HTTP(
            "BadRequest",
            400,
            "http",
            "The request is not valid HTTP, or its path is not decodable."),
    UNKNOWN_ORIGIN(
            "MisdirectedRequest",
            421,
            "http",
            "The authority of the request is not one this server answers for."),
    BODY_TOO_LARGE(
            "RequestEntityTooLarge", 413, "http", "The body is longer than the server reads."),
    TOO_MANY_REQUESTS(
            "TooManyRequests",
            429,
            "http",
            "The caller is over its rate; Retry-After says when to come back."),
    DEFECT(
            "InternalServerError",
            500,
            "http",
            "A defect of the server; the request id leads to its cause in the log."),
    UNAVAILABLE("ServiceUnavailable", 503, "http", "The database is not reachable at the moment."),

    NO_TOKEN(
            "InvalidAuthenticationToken",
            401,
            "graph.BearerGuard",
            "The access token is missing, malformed, expired, or not one of this tenant's."),

    SYNTAX(
            "BadRequest",
            400,
            "odata.RequestParser",
            "The path, a query option, a header or the JSON is not well formed."),
    UNSUPPORTED_OPTION(
            "BadRequest",
            400,
            "odata.RequestParser",
            "The query option is not supported; it is never ignored."),
    BAD_FILTER(
            "InvalidFilter",
            400,
            "odata.RequestParser",
            "The filter does not parse, or does not fit the types it names."),
    NOT_ACCEPTABLE(
            "NotAcceptable",
            406,
            "odata.RequestParser",
            "The wanted format is not one the server writes."),
    UNSUPPORTED_MEDIA_TYPE(
            "UnsupportedMediaType",
            415,
            "odata.RequestParser",
            "The body is neither JSON nor what the resource takes."),

    UNKNOWN_SEGMENT(
            "BadRequest",
            400,
            "odata.Planner",
            "A path segment does not exist in this version of the schema."),
    UNSUPPORTED_REQUEST(
            "BadRequest",
            400,
            "odata.Planner",
            "The request is not supported on the targeted entity set."),
    EXPAND_NOT_SUPPORTED(
            "ExpandNotSupported", 400, "odata.Planner", "The property cannot be expanded."),
    METHOD_NOT_ALLOWED(
            "Request_BadRequest",
            405,
            "odata.Planner",
            "The method is not possible on the resource; Allow lists those that are."),
    INVALID_BODY(
            "BadRequest",
            400,
            "odata.Planner",
            "The body does not fit the schema; details name each property."),

    FAILED_DEPENDENCY(
            "FailedDependency",
            424,
            "graph.Batch",
            "A request of the batch that this one depends on has failed; it was not tried."),

    FORBIDDEN(
            "AADB2C",
            403,
            "graph.Authorizer",
            "The caller lacks a permission or a role; the message names what is needed and what was"
                    + " presented."),
    DENIED(
            "Authorization_RequestDenied",
            403,
            "graph.Authorizer",
            "As above, on directory resources."),

    QUOTA(
            "Directory_QuotaExceeded",
            403,
            "odata.Executor",
            "The tenant has as many objects of the kind, or the object as many references, as it"
                    + " may."),
    EXPANDS_TOO_MUCH(
            "BadRequest",
            400,
            "odata.Executor",
            "The answer would embed more objects than one answer may."),

    DIRECTORY_REQUEST(
            "Request_BadRequest",
            400,
            "odata.Workloads",
            "The request, a value or a reference is not acceptable, on directory resources."),
    UNSUPPORTED_QUERY(
            "Request_UnsupportedQuery",
            400,
            "odata.Workloads",
            "The query needs a header that it lacks, or is not possible, on directory resources."),
    DIRECTORY_NOT_FOUND(
            "Request_ResourceNotFound",
            404,
            "odata.Workloads",
            "No such object in this tenant, on directory resources."),
    SAME_KEY(
            "Request_MultipleObjectsWithSameKeyValue",
            409,
            "graph.Strategy",
            "The directory has an object with that key already."),
    ENABLED_ENTITLEMENT(
            "CannotDeleteOrUpdateEnabledEntitlement",
            400,
            "graph.Strategy",
            "A permission scope or app role must be disabled before it is changed or removed."),

    INVALID_VALUE(
            "AADB2C",
            400,
            "odata.Executor",
            "A value breaks a rule of the resource; details name each property."),
    NO_SUCH_VERSION(
            "AADB2C90063",
            400,
            "odata.Executor",
            "There are no user flows of that type in that version; the message lists the"
                    + " versions."),
    NOT_FOUND("ResourceNotFound", 404, "odata.Executor", "No such object in this tenant."),
    CONFLICT("Conflict", 409, "odata.Executor", "The key exists already, or the object is in use."),
    PRECONDITION_FAILED(
            "PreconditionFailed",
            412,
            "odata.Executor",
            "The object has changed since the given ETag.");

    private final String code;
    private final int status;
    private final String room;
    private final String meaning;

    GraphError(String code, int status, String room, String meaning) {
        this.code = code;
        this.status = status;
        this.room = room;
        this.meaning = meaning;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String room() {
        return room;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
