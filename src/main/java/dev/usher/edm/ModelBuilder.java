package dev.usher.edm;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds the {@link Model} of one service version: leaves out what belongs to the other version,
 * resolves names, attaches annotations. A reference that leads nowhere is a finding and the
 * declaration that holds it is left out, so that one run finds every fault.
 */
final class ModelBuilder {

    private static final String COLLECTION = "Collection(";

    private final Csdl csdl;
    private final String version;
    private final Consumer<String> findings;
    private final Map<String, EdmType> types = new LinkedHashMap<>();
    private final Map<Csdl.StructuredDecl, StructuredType> structured = new LinkedHashMap<>();
    private final Set<String> targets = new HashSet<>();

    ModelBuilder(Csdl csdl, String version, Consumer<String> findings) {
        this.csdl = csdl;
        this.version = version;
        this.findings = findings;
    }

    /** After {@link #build}: the target paths of all elements that exist in this version. */
    Set<String> targets() {
        return targets;
    }

    Model build() {
        for (PrimitiveType primitive : PrimitiveType.values()) {
            types.put(primitive.qualifiedName().toLowerCase(Locale.ROOT), primitive);
        }
        csdl.enums().stream().filter(e -> exists(e.qualifiedName())).forEach(this::declare);
        csdl.structured().stream().filter(s -> exists(s.qualifiedName())).forEach(this::declare);
        structured.forEach(this::linkBase);
        structured.forEach(this::addMembers);
        structured.entrySet().stream()
                .sorted(comparingInt(entry -> depth(entry.getValue())))
                .forEach(entry -> refineInherited(entry.getKey(), entry.getValue()));
        structured.values().forEach(StructuredType::seal);
        return new Model(version, Collections.unmodifiableMap(types), operations(), roots());
    }

    private void declare(Csdl.EnumDecl decl) {
        Set<String> names = new HashSet<>();
        for (EnumType.Member member : decl.members()) {
            if (!names.add(member.name().toLowerCase(Locale.ROOT))) {
                fault(decl.origin(), decl.qualifiedName() + " has two members " + member.name());
            }
        }
        annotations(decl.qualifiedName());
        register(decl.origin(), new EnumType(decl.qualifiedName(), decl.flags(), decl.members()));
    }

    private void declare(Csdl.StructuredDecl decl) {
        Annotations annotations = annotations(decl.qualifiedName());
        if (decl.keys().size() > 1) {
            fault(decl.origin(), decl.qualifiedName() + " has a key of several properties");
        }
        StructuredType type =
                decl.entity()
                        ? new EntityType(
                                decl.qualifiedName(),
                                decl.isAbstract(),
                                decl.open(),
                                decl.hasStream(),
                                decl.keys().isEmpty() ? "" : decl.keys().getFirst(),
                                annotations)
                        : new ComplexType(
                                decl.qualifiedName(), decl.isAbstract(), decl.open(), annotations);
        if (register(decl.origin(), type)) {
            structured.put(decl, type);
        }
    }

    private boolean register(Csdl.Origin origin, EdmType type) {
        String name = type.qualifiedName().toLowerCase(Locale.ROOT);
        boolean free = types.putIfAbsent(name, type) == null;
        if (!free) {
            fault(origin, "the name " + type.qualifiedName() + " is taken");
        }
        return free;
    }

    private void linkBase(Csdl.StructuredDecl decl, StructuredType type) {
        if (decl.base() == null) {
            return;
        }
        EdmType base = named(decl.origin(), decl.base());
        if (base == null) {
            return;
        }
        if (base.getClass() != type.getClass()) {
            fault(decl.origin(), type + " cannot derive from " + decl.base());
        } else if (((StructuredType) base).isA(type)) {
            fault(decl.origin(), type + " derives from itself");
        } else {
            type.base((StructuredType) base);
        }
    }

    private void addMembers(Csdl.StructuredDecl decl, StructuredType type) {
        for (Csdl.PropertyDecl member : decl.properties()) {
            String target = decl.qualifiedName() + "/" + member.name();
            if (!exists(target)) {
                continue;
            }
            TypeRef ref = reference(member.origin(), member.type());
            if (ref == null) {
                continue;
            }
            if (member.navigation() != (ref.type() instanceof EntityType)) {
                fault(member.origin(), target + " is of the wrong kind for " + ref.text());
            } else if (ref.type() instanceof EntityType entity && member.navigation()) {
                type.add(
                        new NavigationProperty(
                                member.name(),
                                entity,
                                ref.collection(),
                                member.contained(),
                                member.nullable(),
                                annotations(target)));
            } else {
                type.add(new Property(member.name(), ref, member.nullable(), annotations(target)));
            }
        }
    }

    /** An annotation on {@code Type/member} may name a member that the type inherits. */
    private void refineInherited(Csdl.StructuredDecl decl, StructuredType type) {
        for (Property inherited : type.properties()) {
            String target = decl.qualifiedName() + "/" + inherited.name();
            if (csdl.annotations().containsKey(target) && !targets.contains(target)) {
                Map<String, AnnotationValue> all =
                        new LinkedHashMap<>(inherited.annotations().values());
                all.putAll(annotations(target).values());
                type.refine(
                        new Property(
                                inherited.name(),
                                inherited.type(),
                                inherited.nullable(),
                                new Annotations(all)));
            }
        }
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        Set<String> signatures = new HashSet<>();
        for (Csdl.OperationDecl decl : csdl.operations()) {
            if (!decl.bound() || decl.parameters().isEmpty()) {
                fault(decl.origin(), decl.qualifiedName() + " is not bound to a type");
                continue;
            }
            String signature = signature(decl);
            if (!exists(signature)) {
                continue;
            }
            if (!signatures.add(signature.toLowerCase(Locale.ROOT))) {
                fault(decl.origin(), signature + " is declared twice");
            }
            List<TypeRef> parameters = new ArrayList<>();
            for (Csdl.PropertyDecl parameter : decl.parameters()) {
                TypeRef ref = reference(parameter.origin(), parameter.type());
                if (ref != null) {
                    parameters.add(ref);
                }
            }
            TypeRef result = decl.result() == null ? null : reference(decl.origin(), decl.result());
            boolean complete =
                    parameters.size() == decl.parameters().size()
                            && (decl.result() == null || result != null);
            if (complete && !(parameters.getFirst().type() instanceof StructuredType)) {
                fault(decl.origin(), signature + " is not bound to a structured type");
            } else if (complete) {
                operations.add(operation(decl, parameters, result, annotations(signature)));
            }
        }
        return List.copyOf(operations);
    }

    private static Operation operation(
            Csdl.OperationDecl decl,
            List<TypeRef> types,
            @Nullable TypeRef result,
            Annotations annotations) {
        List<Operation.Parameter> parameters = new ArrayList<>();
        for (int i = 1; i < types.size(); i++) {
            Csdl.PropertyDecl parameter = decl.parameters().get(i);
            parameters.add(
                    new Operation.Parameter(parameter.name(), types.get(i), parameter.nullable()));
        }
        return new Operation(
                decl.qualifiedName(),
                decl.action(),
                types.getFirst(),
                List.copyOf(parameters),
                result,
                annotations);
    }

    /** How an annotation names one overload (CSDL 4.01 section 14.1.2). */
    private static String signature(Csdl.OperationDecl decl) {
        List<String> types = decl.parameters().stream().map(Csdl.PropertyDecl::type).toList();
        return decl.qualifiedName()
                + "("
                + (decl.action() ? types.getFirst() : String.join(",", types))
                + ")";
    }

    private List<Model.Root> roots() {
        List<Model.Root> roots = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Csdl.RootDecl decl : csdl.roots()) {
            if (!exists(decl.target())) {
                continue;
            }
            if (!names.add(decl.name().toLowerCase(Locale.ROOT))) {
                fault(decl.origin(), "the container has two members " + decl.name());
            }
            EdmType type = named(decl.origin(), decl.type());
            if (type instanceof EntityType entity) {
                roots.add(
                        new Model.Root(
                                decl.name(),
                                entity,
                                decl.collection(),
                                annotations(decl.target())));
            } else if (type != null) {
                fault(decl.origin(), decl.name() + " is not of an entity type");
            }
        }
        return List.copyOf(roots);
    }

    private static int depth(StructuredType type) {
        return type.base().map(base -> 1 + depth(base)).orElse(0);
    }

    /** Whether the element of that target path belongs to this version. */
    private boolean exists(String target) {
        Csdl.AnnotationsDecl declared = csdl.annotations().get(target);
        return declared == null
                || !(declared.values().get(Terms.VERSION) instanceof AnnotationValue.Text only)
                || only.value().equals(version);
    }

    private Annotations annotations(String target) {
        Csdl.AnnotationsDecl declared = csdl.annotations().get(target);
        targets.add(target);
        return declared == null ? Annotations.NONE : new Annotations(declared.values());
    }

    private @Nullable TypeRef reference(Csdl.Origin origin, String text) {
        boolean collection = text.startsWith(COLLECTION) && text.endsWith(")");
        EdmType type =
                named(
                        origin,
                        collection ? text.substring(COLLECTION.length(), text.length() - 1) : text);
        return type == null ? null : new TypeRef(type, collection);
    }

    private @Nullable EdmType named(Csdl.Origin origin, String qualifiedName) {
        EdmType type = types.get(qualifiedName.toLowerCase(Locale.ROOT));
        if (type == null || !type.qualifiedName().equals(qualifiedName)) {
            fault(origin, "there is no type " + qualifiedName + " in " + version);
            return null;
        }
        return type;
    }

    private void fault(Csdl.Origin origin, String what) {
        findings.accept(origin + ": " + what);
    }
}
