package dev.usher.odata;

import dev.usher.edm.Terms;
import dev.usher.odata.PathResolver.Target;
import dev.usher.odata.PermissionRules.Access;
import java.util.List;

/** Plans what is asked of the stream of a media entity, for {@link Planner}. */
final class StreamPlanner {

    private final Strategies strategies;

    StreamPlanner(Strategies strategies) {
        this.strategies = strategies;
    }

    /**
     * A stream can be replaced where the schema says so of the collection it is reached through.
     */
    Plan plan(ODataRequest request, Target target) {
        if (!(target.address() instanceof Address.Item item)) {
            throw new Refusal(
                    GraphError.UNSUPPORTED_REQUEST,
                    "The stream of '" + target.address().path() + "' has no address here.");
        }
        boolean updatable = item.of().navigation().annotations().flag(Terms.STREAM_UPDATABLE);
        Planner.require(request, updatable ? List.of("GET", "PUT", "DELETE") : List.of("GET"));
        ShapePlanner.onlyThese(request.options(), List.of());
        List<Permission> change = List.of(target.rules().permission(Access.Update));
        return switch (request.method()) {
            case "GET" ->
                    new Plan.ReadStream(item, List.of(target.rules().permission(Access.Read)));
            case "PUT" -> new Plan.WriteStream(item, content(request, item), null, change);
            default -> new Plan.RemoveStream(item, change);
        };
    }

    private byte[] content(ODataRequest request, Address.Item item) {
        MediaHandler media = strategies.media(item.type());
        String type = request.mediaType();
        if (type != null && !media.accepts().contains(type)) {
            throw new Refusal(
                    GraphError.UNSUPPORTED_MEDIA_TYPE,
                    "The content type must be "
                            + String.join(" or ", media.accepts())
                            + ", not '"
                            + type
                            + "'.");
        }
        if (request.body().length > media.bytesMax()) {
            throw new Refusal(
                    GraphError.BODY_TOO_LARGE,
                    "The content is longer than " + media.bytesMax() + " bytes.");
        }
        return request.body();
    }
}
