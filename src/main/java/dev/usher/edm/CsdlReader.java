package dev.usher.edm;

import static javax.xml.stream.XMLStreamConstants.DTD;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one CSDL XML document (OData CSDL XML 4.01) into a {@link Csdl}. Knows the elements that
 * our schema uses; any other is a finding, never skipped in silence. Takes no DTD and no external
 * entity.
 */
final class CsdlReader {

    private static final String ALIAS = "graph.";

    private final String document;
    private final Csdl into;
    private final Consumer<String> findings;
    private final XMLStreamReader xml;
    private String namespace = Model.NAMESPACE;

    private CsdlReader(String document, Csdl into, Consumer<String> findings, XMLStreamReader xml) {
        this.document = document;
        this.into = into;
        this.findings = findings;
        this.xml = xml;
    }

    /** Adds what the document declares; faults of its form go to {@code findings}. */
    static void read(String document, InputStream text, Csdl into, Consumer<String> findings) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(text);
            try {
                new CsdlReader(document, into, findings, xml).document();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException malformed) {
            findings.accept(document + ": not well-formed: " + malformed.getMessage());
        }
    }

    private void document() throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == DTD) {
                fault("a document type declaration is not allowed");
                return;
            }
            if (event == START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "Edmx", "DataServices" -> {}
                    case "Schema" -> schema();
                    default -> unexpected();
                }
            }
        }
    }

    private void schema() throws XMLStreamException {
        namespace = attribute("Namespace");
        if (!Model.NAMESPACES.contains(namespace)) {
            fault("namespace " + namespace + " is none of " + Model.NAMESPACES);
        }
        children(() -> {
            switch (xml.getLocalName()) {
                case "EnumType" -> enumType();
                case "ComplexType" -> structured(false);
                case "EntityType" -> structured(true);
                case "Action" -> operation(true);
                case "Function" -> operation(false);
                case "EntityContainer" -> container();
                case "Annotations" -> annotations();
                default -> unexpected();
            }
        });
    }

    private void enumType() throws XMLStreamException {
        Csdl.Origin origin = origin();
        String name = qualified(attribute("Name"));
        boolean flags = flag("IsFlags", false);
        List<EnumType.Member> members = new ArrayList<>();
        children(() -> {
            if (xml.getLocalName().equals("Member")) {
                members.add(new EnumType.Member(attribute("Name"), number("Value")));
                children(this::unexpected);
            } else {
                unexpected();
            }
        });
        into.enums().add(new Csdl.EnumDecl(origin, name, flags, List.copyOf(members)));
    }

    private void structured(boolean entity) throws XMLStreamException {
        List<String> keys = new ArrayList<>();
        List<Csdl.PropertyDecl> properties = new ArrayList<>();
        Csdl.StructuredDecl type =
                new Csdl.StructuredDecl(
                        origin(),
                        qualified(attribute("Name")),
                        entity,
                        optionalType("BaseType"),
                        flag("Abstract", false),
                        flag("OpenType", false),
                        flag("HasStream", false),
                        keys,
                        properties);
        children(() -> {
            switch (xml.getLocalName()) {
                case "Key" -> key(keys);
                case "Property" -> properties.add(property(false));
                case "NavigationProperty" -> properties.add(property(true));
                default -> unexpected();
            }
        });
        into.structured().add(type);
    }

    private void key(List<String> keys) throws XMLStreamException {
        children(() -> {
            if (xml.getLocalName().equals("PropertyRef")) {
                keys.add(attribute("Name"));
                children(this::unexpected);
            } else {
                unexpected();
            }
        });
    }

    private Csdl.PropertyDecl property(boolean navigation) throws XMLStreamException {
        Csdl.PropertyDecl property =
                new Csdl.PropertyDecl(
                        origin(),
                        attribute("Name"),
                        navigation,
                        type("Type"),
                        flag("Nullable", true),
                        flag("ContainsTarget", false));
        children(this::unexpected);
        return property;
    }

    private void operation(boolean action) throws XMLStreamException {
        Csdl.Origin origin = origin();
        String name = qualified(attribute("Name"));
        boolean bound = flag("IsBound", false);
        List<Csdl.PropertyDecl> parameters = new ArrayList<>();
        List<String> results = new ArrayList<>();
        children(() -> {
            switch (xml.getLocalName()) {
                case "Parameter" -> parameters.add(property(false));
                case "ReturnType" -> {
                    results.add(type("Type"));
                    children(this::unexpected);
                }
                default -> unexpected();
            }
        });
        String result = results.isEmpty() ? null : results.getFirst();
        into.operations()
                .add(new Csdl.OperationDecl(origin, name, action, bound, parameters, result));
    }

    private void container() throws XMLStreamException {
        String container = qualified(attribute("Name"));
        children(() -> {
            boolean collection = xml.getLocalName().equals("EntitySet");
            if (!collection && !xml.getLocalName().equals("Singleton")) {
                unexpected();
                return;
            }
            String name = attribute("Name");
            String type = type(collection ? "EntityType" : "Type");
            into.roots()
                    .add(
                            new Csdl.RootDecl(
                                    origin(), container + "/" + name, name, type, collection));
            children(this::unexpected);
        });
    }

    private void annotations() throws XMLStreamException {
        Csdl.AnnotationsDecl target = new Csdl.AnnotationsDecl(origin());
        String path = attribute("Target");
        if (into.annotations().putIfAbsent(path, target) != null) {
            fault(path + " is annotated twice");
        }
        children(() -> {
            if (!xml.getLocalName().equals("Annotation")) {
                unexpected();
                return;
            }
            String term = attribute("Term");
            if (target.values().containsKey(term)) {
                fault(path + " has the term " + term + " twice");
            }
            target.values().put(term, expression());
        });
    }

    /**
     * The value in an attribute of the element the reader stands on, or in its one child; without
     * either, the tag is true. Leaves the reader at the element's end.
     */
    private AnnotationValue expression() throws XMLStreamException {
        AnnotationValue attribute = constant();
        List<AnnotationValue> children = new ArrayList<>();
        children(() -> {
            switch (xml.getLocalName()) {
                case "Record" -> children.add(recordValue());
                case "Collection" -> children.add(items());
                default -> unexpected();
            }
        });
        if (!children.isEmpty()) {
            return children.getFirst();
        }
        return attribute == null ? new AnnotationValue.Bool(true) : attribute;
    }

    private @Nullable AnnotationValue constant() {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String value = xml.getAttributeValue(i);
            switch (xml.getAttributeLocalName(i)) {
                case "String" -> {
                    return new AnnotationValue.Text(value);
                }
                case "Bool" -> {
                    return new AnnotationValue.Bool(flag("Bool", false));
                }
                case "Int" -> {
                    return new AnnotationValue.Num(number("Int"));
                }
                case "Date" -> {
                    return new AnnotationValue.Date(value);
                }
                case "EnumMember" -> {
                    return new AnnotationValue.Member(value);
                }
                case "Term", "Property" -> {}
                default -> fault("unknown attribute " + xml.getAttributeLocalName(i));
            }
        }
        return null;
    }

    private AnnotationValue recordValue() throws XMLStreamException {
        Map<String, AnnotationValue> members = new LinkedHashMap<>();
        children(() -> {
            if (xml.getLocalName().equals("PropertyValue")) {
                String name = attribute("Property");
                if (members.containsKey(name)) {
                    fault("the record has the member " + name + " twice");
                }
                members.put(name, expression());
            } else {
                unexpected();
            }
        });
        return new AnnotationValue.Rec(Collections.unmodifiableMap(members));
    }

    private AnnotationValue items() throws XMLStreamException {
        List<AnnotationValue> items = new ArrayList<>();
        children(() -> {
            switch (xml.getLocalName()) {
                case "Record" -> items.add(recordValue());
                case "String" -> items.add(new AnnotationValue.Text(xml.getElementText()));
                default -> unexpected();
            }
        });
        return new AnnotationValue.Items(List.copyOf(items));
    }

    /** Reads one child element and leaves the reader at its end. */
    private interface Child {
        void read() throws XMLStreamException;
    }

    /** Visits each child of the element the reader stands on, up to the element's end. */
    private void children(Child child) throws XMLStreamException {
        while (xml.next() != END_ELEMENT) {
            if (xml.getEventType() == START_ELEMENT) {
                child.read();
            }
        }
    }

    private void unexpected() throws XMLStreamException {
        fault("element " + xml.getLocalName() + " is not expected here");
        children(this::unexpected);
    }

    private Csdl.Origin origin() {
        return new Csdl.Origin(document, xml.getLocation().getLineNumber());
    }

    private void fault(String what) {
        findings.accept(origin() + ": " + what);
    }

    private String attribute(String name) {
        String value = xml.getAttributeValue(null, name);
        if (value == null || value.isEmpty()) {
            fault("element " + xml.getLocalName() + " has no " + name);
            return "?";
        }
        return value;
    }

    private boolean flag(String name, boolean otherwise) {
        String value = xml.getAttributeValue(null, name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            fault(name + " is neither true nor false: " + value);
        }
        return value == null ? otherwise : value.equals("true");
    }

    private long number(String name) {
        String value = attribute(name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            fault(name + " is not a whole number: " + value);
            return 0;
        }
    }

    private String type(String attribute) {
        return inFull(attribute(attribute));
    }

    private @Nullable String optionalType(String attribute) {
        String value = xml.getAttributeValue(null, attribute);
        return value == null ? null : inFull(value);
    }

    private static String inFull(String type) {
        if (type.startsWith("Collection(")) {
            return "Collection(" + inFull(type.substring("Collection(".length()));
        }
        return type.startsWith(ALIAS) ? "microsoft." + type : type;
    }

    private String qualified(String name) {
        return namespace + "." + name;
    }
}
