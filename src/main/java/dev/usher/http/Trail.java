package dev.usher.http;

import dev.usher.ids.TenantId;
import org.jspecify.annotations.Nullable;

/** What the rooms learn about a request on its way, for its log line and its metrics. */
public final class Trail {

    private volatile String route = "none";
    private volatile @Nullable TenantId tenant;
    private volatile @Nullable String client;
    private volatile @Nullable String errorCode;

    /** The pattern of the route, never a path with keys: it becomes a metric label. */
    public void route(String pattern) {
        route = pattern;
    }

    public void tenant(TenantId id) {
        tenant = id;
    }

    /** The id of the application that asks. */
    public void client(String appId) {
        client = appId;
    }

    public void errorCode(String code) {
        errorCode = code;
    }

    public String route() {
        return route;
    }

    public @Nullable TenantId tenant() {
        return tenant;
    }

    public @Nullable String client() {
        return client;
    }

    public @Nullable String errorCode() {
        return errorCode;
    }
}
