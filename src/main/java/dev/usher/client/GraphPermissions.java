package dev.usher.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The permissions of Microsoft Graph that Usher knows: their names, and the public ids under which
 * Graph lists each as a delegated scope and as an application role.
 */
public final class GraphPermissions {

    /** The client id of Microsoft Graph in every tenant. */
    public static final String APP_ID = "00000003-0000-0000-c000-000000000000";

    private static final String RESOURCE = "/permissions.tsv";
    private static final String NONE = "-";

    /**
     * One permission.
     *
     * @param scopeId its id as a delegated scope, if it is one
     * @param byUser whether people may consent to the scope themselves
     * @param roleId its id as an application role, if it is one
     */
    public record Permission(
            String name, Optional<String> scopeId, boolean byUser, Optional<String> roleId) {}

    private final List<Permission> all = new ArrayList<>();
    private final Map<String, String> roleByName = new HashMap<>();
    private final Map<String, String> scopeByName = new HashMap<>();
    private final Map<String, String> nameByRole = new HashMap<>();

    private GraphPermissions(List<String> lines) {
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            all.add(
                    new Permission(
                            cells[0],
                            present(cells[1]),
                            cells[2].equals("user"),
                            present(cells[3])));
            if (!cells[1].equals(NONE)) {
                scopeByName.put(cells[0].toLowerCase(Locale.ROOT), cells[0]);
            }
            if (!cells[3].equals(NONE)) {
                roleByName.put(cells[0], cells[3]);
                nameByRole.put(cells[3], cells[0]);
            }
        }
    }

    /** Reads our own list. */
    public static GraphPermissions load() {
        try (InputStream in = GraphPermissions.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new GraphPermissions(
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                            .lines()
                            .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<String> present(String cell) {
        return cell.equals(NONE) ? Optional.empty() : Optional.of(cell);
    }

    /** Every permission, by name. */
    public List<Permission> all() {
        return List.copyOf(all);
    }

    /** The id of the application role of that name; some permissions are delegated only. */
    public Optional<String> roleId(String name) {
        return Optional.ofNullable(roleByName.get(name));
    }

    /** The name of the application role of that id. */
    public Optional<String> nameOfRole(String roleId) {
        return Optional.ofNullable(nameByRole.get(roleId));
    }

    /** The delegated scope of that name, ignoring case, as it is spelled. */
    public Optional<String> scope(String name) {
        return Optional.ofNullable(scopeByName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Every name that can be granted to an application, in order. */
    public Set<String> applicationPermissions() {
        return new TreeSet<>(roleByName.keySet());
    }
}
