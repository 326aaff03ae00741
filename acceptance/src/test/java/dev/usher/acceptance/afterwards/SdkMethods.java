package dev.usher.acceptance.afterwards;

import com.microsoft.kiota.BaseRequestBuilder;
import com.microsoft.kiota.RequestAdapter;
import com.microsoft.kiota.RequestInformation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Every request that the fluent builders of a Java SDK can make below one of them. */
final class SdkMethods {

    private static final List<String> VERBS = List.of("get", "post", "patch", "put", "delete");

    /** Deeper than any path of Graph; ends the walk if the builders should ever form a circle. */
    private static final int DEPTH_MAX = 20;

    private final Set<Call> calls = new TreeSet<>();

    /**
     * One request of a builder.
     *
     * @param path the template, keys as {@code {key}}, with the query's {@code @id} if it needs one
     */
    record Call(String method, String path) implements Comparable<Call> {
        @Override
        public int compareTo(Call other) {
            return Comparator.comparing(Call::path)
                    .thenComparing(Call::method)
                    .compare(this, other);
        }

        /** A request target with something for each key. */
        String target() {
            return path.replaceAll("\\{[^}]*}", "key");
        }
    }

    /** What the builders below that one can send. */
    static Set<Call> below(BaseRequestBuilder builder) {
        SdkMethods methods = new SdkMethods();
        methods.walk(builder, 0);
        return methods.calls;
    }

    /** An adapter for builders that are looked at only. */
    static RequestAdapter noAdapter() {
        return (RequestAdapter)
                Proxy.newProxyInstance(
                        SdkMethods.class.getClassLoader(),
                        new Class<?>[] {RequestAdapter.class},
                        (proxy, method, arguments) ->
                                method.getReturnType() == String.class ? "" : null);
    }

    private void walk(BaseRequestBuilder builder, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalStateException("too deep: " + template(builder));
        }
        for (Method method : builder.getClass().getDeclaredMethods()) {
            if (!Modifier.isPublic(method.getModifiers()) || method.isSynthetic()) {
                continue;
            }
            if (VERBS.contains(method.getName())) {
                calls.add(call(builder, method));
            } else if (BaseRequestBuilder.class.isAssignableFrom(method.getReturnType())
                    && !method.getName().equals("withUrl")) {
                walk(child(builder, method), depth + 1);
            }
        }
    }

    /** A DELETE may name the reference to remove by {@code @id} in the query. */
    private static Call call(BaseRequestBuilder builder, Method method) {
        String path = path(template(builder));
        if (method.getName().equals("delete")) {
            try {
                Object information =
                        builder.getClass().getMethod("toDeleteRequestInformation").invoke(builder);
                if (((RequestInformation) information).urlTemplate.contains("%40id")) {
                    path += "?@id={key}";
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return new Call(method.getName().toUpperCase(Locale.ROOT), path);
    }

    private static BaseRequestBuilder child(BaseRequestBuilder builder, Method method) {
        Object[] keys =
                Arrays.stream(method.getParameterTypes())
                        .map(type -> type == String.class ? "key" : null)
                        .toArray();
        try {
            return (BaseRequestBuilder) method.invoke(builder, keys);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method.toString(), e);
        }
    }

    private static String template(BaseRequestBuilder builder) {
        try {
            Field template = BaseRequestBuilder.class.getDeclaredField("urlTemplate");
            template.setAccessible(true);
            return (String) template.get(builder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * {@code {+baseurl}/a/{a%2Did}/%24ref?%40id={%40id}{&x}} becomes {@code /a/{key}/$ref?@id=}.
     */
    private static String path(String template) {
        String plain =
                template.replace("{+baseurl}", "")
                        .replaceAll("\\{[?&].*|\\?.*", "")
                        .replaceAll("\\{[^}]*}", "{key}");
        return URLDecoder.decode(plain, StandardCharsets.UTF_8);
    }
}
