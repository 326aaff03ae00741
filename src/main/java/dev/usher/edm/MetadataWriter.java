package dev.usher.edm;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Prints a {@link Model} as {@code $metadata}: EDMX 4.0 (OData CSDL XML 4.01 section 3), names and
 * order as Graph has them. Only what a path of the container reaches, and only annotations of the
 * standard vocabularies; as in Graph, without references to their documents.
 */
public final class MetadataWriter {

    private static final String EDM = "http://docs.oasis-open.org/odata/ns/edm";
    private static final String EDMX = "http://docs.oasis-open.org/odata/ns/edmx";
    private static final String STANDARD = "Org.OData.";

    private final Model model;
    private final Reachable reachable;
    private final XMLStreamWriter xml;
    private int depth;

    private MetadataWriter(Model model, XMLStreamWriter xml) {
        this.model = model;
        this.reachable = Reachable.of(model);
        this.xml = xml;
    }

    /** The document, indented by two spaces, for {@code application/xml} in UTF-8. */
    public static String write(Model model) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new MetadataWriter(model, xml).document();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("writing to memory failed", impossible);
        }
        return text.toString();
    }

    private void document() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("edmx", "Edmx", EDMX);
        xml.writeNamespace("edmx", EDMX);
        attribute("Version", "4.0");
        depth++;
        line();
        xml.writeStartElement("edmx", "DataServices", EDMX);
        depth++;
        schema(Model.NAMESPACE);
        if (model.types().values().stream().anyMatch(this::own)) {
            schema(Model.OWN_NAMESPACE);
        }
        end();
        end();
        line();
        xml.writeEndDocument();
    }

    /** Whether a client meets a type of ours there. */
    private boolean own(EdmType type) {
        return reachable.contains(type) && in(Model.OWN_NAMESPACE, type.qualifiedName());
    }

    private static boolean in(String namespace, String qualifiedName) {
        return qualifiedName.startsWith(namespace + ".");
    }

    private void schema(String namespace) throws XMLStreamException {
        line();
        xml.writeStartElement("Schema");
        xml.writeDefaultNamespace(EDM);
        attribute("Namespace", namespace);
        boolean graph = namespace.equals(Model.NAMESPACE);
        if (graph) {
            attribute("Alias", "graph");
        }
        depth++;
        elements(namespace);
        if (graph) {
            container();
        }
        annotations(namespace);
        end();
    }

    private void elements(String namespace) throws XMLStreamException {
        for (EdmType type : model.types().values()) {
            if (!reachable.contains(type) || !in(namespace, type.qualifiedName())) {
                continue;
            }
            switch (type) {
                case EnumType enumType -> enumType(enumType);
                case StructuredType structured -> structured(structured);
                case PrimitiveType _ -> {}
            }
        }
        for (Operation operation : reachable.operations()) {
            if (in(namespace, operation.qualifiedName())) {
                operation(operation);
            }
        }
    }

    private void enumType(EnumType type) throws XMLStreamException {
        start("EnumType", "Name", plain(type.qualifiedName()));
        flag("IsFlags", type.flags());
        for (EnumType.Member member : type.members()) {
            empty("Member", "Name", member.name());
            attribute("Value", Long.toString(member.value()));
        }
        end();
    }

    private void structured(StructuredType type) throws XMLStreamException {
        String element = type instanceof EntityType ? "EntityType" : "ComplexType";
        boolean childless = type.ownProperties().isEmpty() && type.ownNavigation().isEmpty();
        if (childless) {
            empty(element, "Name", type.name());
        } else {
            start(element, "Name", type.name());
        }
        if (type.base().isPresent()) {
            attribute("BaseType", alias(type.base().get().qualifiedName()));
        }
        flag("Abstract", type.isAbstract());
        flag("OpenType", type.open() && type.base().filter(StructuredType::open).isEmpty());
        if (type instanceof EntityType withKey) {
            flag("HasStream", withKey.hasStream());
            key(withKey);
        }
        for (Property property : type.ownProperties()) {
            empty("Property", "Name", property.name());
            attribute("Type", alias(property.type().text()));
            notNullable(property.nullable());
        }
        for (NavigationProperty navigation : type.ownNavigation()) {
            String target = navigation.target().qualifiedName();
            empty("NavigationProperty", "Name", navigation.name());
            attribute("Type", alias(navigation.collection() ? collection(target) : target));
            notNullable(navigation.nullable());
            flag("ContainsTarget", navigation.contained());
        }
        if (!childless) {
            end();
        }
    }

    private void key(EntityType type) throws XMLStreamException {
        boolean own = type.ownProperties().stream().anyMatch(p -> p.name().equals(type.key()));
        if (own) {
            start("Key", null, "");
            empty("PropertyRef", "Name", type.key());
            end();
        }
    }

    private void operation(Operation operation) throws XMLStreamException {
        start(operation.action() ? "Action" : "Function", "Name", operation.name());
        flag("IsBound", true);
        empty("Parameter", "Name", "bindingParameter");
        attribute("Type", alias(operation.binding().text()));
        for (Operation.Parameter parameter : operation.parameters()) {
            empty("Parameter", "Name", parameter.name());
            attribute("Type", alias(parameter.type().text()));
            notNullable(parameter.nullable());
        }
        if (operation.result() != null) {
            empty("ReturnType", "Type", alias(operation.result().text()));
        }
        end();
    }

    private void container() throws XMLStreamException {
        start("EntityContainer", "Name", Model.CONTAINER);
        for (Model.Root root : model.container()) {
            empty(root.collection() ? "EntitySet" : "Singleton", "Name", root.name());
            attribute(
                    root.collection() ? "EntityType" : "Type", alias(root.type().qualifiedName()));
        }
        end();
    }

    private void annotations(String namespace) throws XMLStreamException {
        for (EdmType type : model.types().values()) {
            if (!reachable.contains(type)
                    || !in(namespace, type.qualifiedName())
                    || !(type instanceof StructuredType structured)) {
                continue;
            }
            String name = structured.qualifiedName();
            target(name, structured.annotations());
            for (Property property : structured.refinedProperties()) {
                target(name + "/" + property.name(), property.annotations());
            }
            for (Property property : structured.ownProperties()) {
                target(name + "/" + property.name(), property.annotations());
            }
            for (NavigationProperty navigation : structured.ownNavigation()) {
                target(name + "/" + navigation.name(), navigation.annotations());
            }
        }
        for (Operation operation : reachable.operations()) {
            if (in(namespace, operation.qualifiedName())) {
                target(signature(operation), operation.annotations());
            }
        }
        if (!namespace.equals(Model.NAMESPACE)) {
            return;
        }
        for (Model.Root root : model.container()) {
            target(Model.NAMESPACE + "." + Model.CONTAINER + "/" + root.name(), root.annotations());
        }
    }

    /** How an annotation names one overload (CSDL 4.01 section 14.1.2). */
    private static String signature(Operation operation) {
        StringBuilder types = new StringBuilder(operation.binding().text());
        if (!operation.action()) {
            operation.parameters().forEach(each -> types.append(',').append(each.type().text()));
        }
        return operation.qualifiedName() + "(" + types + ")";
    }

    private void target(String path, Annotations annotations) throws XMLStreamException {
        List<Map.Entry<String, AnnotationValue>> standard =
                annotations.values().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(STANDARD))
                        .toList();
        if (standard.isEmpty()) {
            return;
        }
        start("Annotations", "Target", path);
        for (Map.Entry<String, AnnotationValue> annotation : standard) {
            expression("Annotation", "Term", annotation.getKey(), annotation.getValue());
        }
        end();
    }

    private void expression(
            String element, @Nullable String attribute, String name, AnnotationValue value)
            throws XMLStreamException {
        switch (value) {
            case AnnotationValue.Rec rec -> {
                start(element, attribute, name);
                recordValue(rec);
                end();
            }
            case AnnotationValue.Items(List<AnnotationValue> items) -> {
                start(element, attribute, name);
                start("Collection", null, "");
                for (AnnotationValue item : items) {
                    item(item);
                }
                end();
                end();
            }
            default -> {
                empty(element, attribute, name);
                attribute(constantName(value), constantText(value));
            }
        }
    }

    private void item(AnnotationValue item) throws XMLStreamException {
        if (item instanceof AnnotationValue.Rec rec) {
            recordValue(rec);
        } else {
            line();
            xml.writeStartElement(constantName(item));
            xml.writeCharacters(constantText(item));
            xml.writeEndElement();
        }
    }

    private void recordValue(AnnotationValue.Rec rec) throws XMLStreamException {
        start("Record", null, "");
        for (Map.Entry<String, AnnotationValue> member : rec.members().entrySet()) {
            expression("PropertyValue", "Property", member.getKey(), member.getValue());
        }
        end();
    }

    private static String constantName(AnnotationValue value) {
        return switch (value) {
            case AnnotationValue.Text _ -> "String";
            case AnnotationValue.Bool _ -> "Bool";
            case AnnotationValue.Num _ -> "Int";
            case AnnotationValue.Date _ -> "Date";
            case AnnotationValue.Member _ -> "EnumMember";
            case AnnotationValue.Rec _, AnnotationValue.Items _ ->
                    throw new IllegalArgumentException("not a constant: " + value);
        };
    }

    private static String constantText(AnnotationValue value) {
        return switch (value) {
            case AnnotationValue.Text(String text) -> text;
            case AnnotationValue.Bool(boolean flag) -> Boolean.toString(flag);
            case AnnotationValue.Num(long number) -> Long.toString(number);
            case AnnotationValue.Date(String date) -> date;
            case AnnotationValue.Member(String member) -> member;
            case AnnotationValue.Rec _, AnnotationValue.Items _ ->
                    throw new IllegalArgumentException("not a constant: " + value);
        };
    }

    private void start(String element, @Nullable String attribute, String value)
            throws XMLStreamException {
        line();
        xml.writeStartElement(element);
        if (attribute != null) {
            attribute(attribute, value);
        }
        depth++;
    }

    private void empty(String element, @Nullable String attribute, String value)
            throws XMLStreamException {
        line();
        xml.writeEmptyElement(element);
        if (attribute != null) {
            attribute(attribute, value);
        }
    }

    private void end() throws XMLStreamException {
        depth--;
        line();
        xml.writeEndElement();
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, value);
    }

    private void flag(String name, boolean value) throws XMLStreamException {
        if (value) {
            attribute(name, "true");
        }
    }

    private void notNullable(boolean nullable) throws XMLStreamException {
        if (!nullable) {
            attribute("Nullable", "false");
        }
    }

    private static String collection(String type) {
        return "Collection(" + type + ")";
    }

    private static String plain(String qualifiedName) {
        return qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1);
    }

    private static String alias(String type) {
        return type.replace(Model.NAMESPACE + ".", "graph.");
    }
}
