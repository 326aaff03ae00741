package dev.usher.edm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The single source of truth about names, types, permissions and storage: the schema resources,
 * parsed and checked as a whole, one {@link Model} for each service version. Immutable.
 */
public final class Schema {

    /** The service versions, as they stand in paths. */
    public static final List<String> VERSIONS = List.of("v1.0", "beta");

    private static final List<String> RESOURCES =
            List.of(
                    "graph.csdl.xml",
                    "usher.csdl.xml",
                    "usher.annotations.xml",
                    "directory.csdl.xml",
                    "directory.annotations.xml");

    private final Map<String, Model> models;

    private Schema(Map<String, Model> models) {
        this.models = models;
    }

    /**
     * Reads the schema that the program was built with.
     *
     * @throws SchemaException listing every fault, if there is one
     */
    public static Schema load() {
        Map<String, Supplier<InputStream>> documents = new LinkedHashMap<>();
        RESOURCES.forEach(name -> documents.put(name, () -> resource("/csdl/" + name)));
        return parse(documents);
    }

    /** The schema of one version. */
    public Model model(String version) {
        Model model = models.get(version);
        if (model == null) {
            throw new IllegalArgumentException("no version " + version);
        }
        return model;
    }

    /** Reads documents by name; together they are the schema. */
    static Schema parse(Map<String, Supplier<InputStream>> documents) {
        Set<String> findings = new LinkedHashSet<>();
        Csdl csdl = new Csdl();
        documents.forEach((name, open) -> {
            try (InputStream text = open.get()) {
                CsdlReader.read(name, text, csdl, findings::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
        Set<String> targets = new HashSet<>();
        Map<String, Model> models = new LinkedHashMap<>();
        for (String version : VERSIONS) {
            ModelBuilder builder = new ModelBuilder(csdl, version, findings::add);
            Model model = builder.build();
            ModelCheck.check(model, findings::add);
            models.put(version, model);
            targets.addAll(builder.targets());
        }
        csdl.annotations()
                .forEach((target, declared) -> {
                    String place = declared.origin() + ": " + target;
                    if (!targets.contains(target)) {
                        findings.add(place + " does not exist");
                    }
                    declared.values()
                            .forEach((term, value) ->
                                    Vocabulary.check(place, term, value, findings::add));
                });
        if (!findings.isEmpty()) {
            throw new SchemaException(new ArrayList<>(findings));
        }
        return new Schema(models);
    }

    private static InputStream resource(String path) {
        InputStream stream = Schema.class.getResourceAsStream(path);
        if (stream == null) {
            throw new IllegalStateException("the jar lacks " + path);
        }
        return stream;
    }
}
