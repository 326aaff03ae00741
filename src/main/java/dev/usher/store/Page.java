package dev.usher.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Part of a result. {@code next} is null on the last page. */
public record Page(List<Entity> items, Query.@Nullable Cursor next) {}
