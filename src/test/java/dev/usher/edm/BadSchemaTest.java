package dev.usher.edm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Each fault is planted into a small sound schema, and the finding must name it. */
class BadSchemaTest {

    private static final String SOUND =
            """
            <Edmx xmlns="http://docs.oasis-open.org/odata/ns/edm"><DataServices>
            <Schema Namespace="microsoft.graph" Alias="graph">
            <EnumType Name="colour"><Member Name="red" Value="1"/></EnumType>
            <ComplexType Name="paint"><Property Name="tint" Type="graph.colour"/></ComplexType>
            <EntityType Name="thing">
              <Key><PropertyRef Name="id"/></Key>
              <Property Name="id" Type="Edm.String" Nullable="false"/>
              <Property Name="name" Type="Edm.String"/>
              <Property Name="size" Type="Edm.Int32"/>
              <Property Name="tags" Type="Collection(Edm.String)"/>
              <Property Name="paint" Type="graph.paint"/>
              <NavigationProperty Name="friends" Type="Collection(graph.thing)"/>
              <!--more members-->
            </EntityType>
            <EntityType Name="other" BaseType="graph.thing"/>
            <EntityType Name="glimpse">
              <Key><PropertyRef Name="id"/></Key>
              <Property Name="id" Type="Edm.String" Nullable="false"/>
              <Property Name="title" Type="Edm.String"/>
            </EntityType>
            <EntityType Name="home">
              <Key><PropertyRef Name="id"/></Key>
              <Property Name="id" Type="Edm.String" Nullable="false"/>
              <NavigationProperty Name="things" Type="Collection(graph.thing)" ContainsTarget="true"/>
            </EntityType>
            <!--more types-->
            <EntityContainer Name="GraphService"><Singleton Name="home" Type="graph.home"/></EntityContainer>
            <Annotations Target="microsoft.graph.thing"><Annotation Term="usher.Storage" String="document"/></Annotations>
            <Annotations Target="microsoft.graph.glimpse"><Annotation Term="usher.ViewOf" String="microsoft.graph.thing"/></Annotations>
            <Annotations Target="microsoft.graph.glimpse/title"><Annotation Term="usher.ViewPath" String="name"/></Annotations>
            <Annotations Target="microsoft.graph.home/things"><Annotation Term="usher.Permissions"><Record>
              <PropertyValue Property="Read" String="Thing.Read.All"/><PropertyValue Property="Write" String="Thing.Write.All"/>
            </Record></Annotation></Annotations>
            <!--more annotations-->
            </Schema></DataServices></Edmx>
            """;

    @SuppressWarnings("unused")
    private static final List<Arguments> FAULTS =
            List.of(
                    // what stands in the document, what is put in its place, what the finding says
                    fault("</Schema>", "</Scheme>", "not well-formed"),
                    fault("<Edmx", "<!DOCTYPE x><Edmx", "a document type declaration"),
                    fault("Namespace=\"microsoft.graph\"", "Namespace=\"a.b\"", "namespace a.b"),
                    more("members", "<Facet/>", "element Facet is not expected"),
                    more("members", "<Property Type=\"Edm.String\"/>", "Property has no Name"),
                    more("members", property("x", "Edm.Text"), "no type Edm.Text in v1.0"),
                    more("members", property("x", "graph.gone"), "microsoft.graph.gone in beta"),
                    more("members", property("NAME", "Edm.String"), "has two members NAME"),
                    more("members", property("x", "graph.other"), "x is of the wrong kind"),
                    more(
                            "members",
                            "<NavigationProperty Name=\"x\" Type=\"graph.paint\"/>",
                            "x is of the wrong kind"),
                    fault("Name=\"size\"", "Nullable=\"no\" Name=\"size\"", "neither true nor"),
                    fault("Value=\"1\"", "Value=\"one\"", "Value is not a whole number: one"),
                    more(
                            "types",
                            "<ComplexType Name=\"Thing\"/>",
                            "microsoft.graph.Thing is taken"),
                    more(
                            "types",
                            "<EntityType Name=\"x\" BaseType=\"graph.paint\"/>",
                            "x cannot derive from microsoft.graph.paint"),
                    fault(
                            "<EntityType Name=\"thing\">",
                            "<EntityType Name=\"thing\" BaseType=\"graph.other\">",
                            "derives from itself"),
                    fault(
                            "Name=\"red\" Value=\"1\"/>",
                            "Name=\"red\" Value=\"1\"/><Member Name=\"Red\" Value=\"2\"/>",
                            "two members Red"),
                    more("types", "<EntityType Name=\"x\"/>", "x has no key property id"),
                    fault(
                            "<PropertyRef Name=\"id\"/></Key>\n"
                                    + "  <Property Name=\"id\" Type=\"Edm.String\""
                                    + " Nullable=\"false\"/>\n"
                                    + "  <Property Name=\"name\"",
                            "<PropertyRef Name=\"size\"/></Key>\n"
                                    + "  <Property Name=\"id\" Type=\"Edm.String\""
                                    + " Nullable=\"false\"/>\n"
                                    + "  <Property Name=\"name\"",
                            "a key that is not a non-null Edm.String"),
                    more("types", "<Function Name=\"f\"/>", "microsoft.graph.f is not bound"),
                    more(
                            "types",
                            "<Function Name=\"f\" IsBound=\"true\"><Parameter Name=\"b\""
                                    + " Type=\"Edm.String\"/></Function>",
                            "is not bound to a structured type"),
                    fault(
                            "Type=\"graph.home\"",
                            "Type=\"graph.paint\"",
                            "home is not of an entity"),
                    fault(
                            "usher.Storage\" String=\"document\"",
                            "usher.Kind\" String=\"thing\"",
                            "no usher.Storage"),
                    fault("String=\"document\"", "String=\"tape\"", "unknown storage: tape"),
                    more(
                            "annotations",
                            on("other", text("Storage", "document"), text("Kind", "thing")),
                            "have one kind: thing"),
                    more(
                            "annotations",
                            on("gone", text("Kind", "x")),
                            "microsoft.graph.gone does not exist"),
                    more(
                            "annotations",
                            on("thing/gone", text("Link", "x")),
                            "thing/gone does not exist"),
                    more(
                            "annotations",
                            on("thing/name", text("Colour", "x")),
                            "unknown term usher.Colour"),
                    more(
                            "annotations",
                            on("thing/name", text("Required", "yes")),
                            "not a value of usher.Required"),
                    more("annotations", on("thing", text("Kind", "x")), "thing is annotated twice"),
                    more(
                            "annotations",
                            on("thing/size", text("Version", "v3")),
                            "no such version: v3"),
                    more(
                            "annotations",
                            on("thing/friends", text("Given", "start")),
                            "nothing is given"),
                    more(
                            "annotations",
                            on("thing/friends", text("Given", "always")),
                            "not a value of usher.Given"),
                    more(
                            "annotations",
                            on("thing/friends", flag("StreamUpdatable")),
                            "leads to no media entities"),
                    more(
                            "annotations",
                            on("other", text("KeyPattern", "[")),
                            "a key pattern that is none"),
                    more(
                            "annotations",
                            on("other", text("Sealed", "paint/key")),
                            "sealed members, but no storage"),
                    more(
                            "annotations",
                            on("other", text("DefaultType", "microsoft.graph.glimpse")),
                            "glimpse, which is no such type"),
                    more(
                            "annotations",
                            on("other", text("KeyPrefix", "A_")),
                            "a key prefix, but no pattern"),
                    more(
                            "annotations",
                            on("thing/size", flag("Secret")),
                            "size is secret, so it must be one"),
                    more(
                            "annotations",
                            on("thing/tags", flag("Indexed")),
                            "no single value to be indexed"),
                    more(
                            "annotations",
                            on("thing/size", "<Annotation Term=\"usher.MaxLength\" Int=\"9\"/>"),
                            "so it must be Edm.String"),
                    more(
                            "annotations",
                            on("thing/name", "<Annotation Term=\"usher.MaxLength\" Int=\"0\"/>"),
                            "not a value of usher.MaxLength"),
                    more(
                            "annotations",
                            on("thing/size", text("Column", "size")),
                            "but its type has no table"),
                    more(
                            "annotations",
                            on(
                                    "thing/size",
                                    flag("Required"),
                                    "<Annotation Term=\"Org.OData.Core.V1.Computed\"/>"),
                            "is computed, so it cannot be required"),
                    more(
                            "annotations",
                            on("home/things", text("Link", "x")),
                            "home/things is annotated twice"),
                    fault(
                            "String=\"microsoft.graph.thing\"",
                            "String=\"microsoft.graph.gone\"",
                            "which is no stored type"),
                    fault(
                            "usher.ViewPath\" String=\"name\"",
                            "usher.ViewPath\" String=\"size\"",
                            "title shows no property of"),
                    more(
                            "types",
                            "<EntityType Name=\"glance\" BaseType=\"graph.glimpse\"/>",
                            "glance derives from a view, so it must be one"),
                    more(
                            "annotations",
                            on("other", text("Kept", "shade")),
                            "not a value of usher.Kept"),
                    more(
                            "annotations",
                            on("home", text("Kept", "shade=dark")),
                            "keeps a member, but has no storage"),
                    fault(
                            "<Singleton Name=\"home\"",
                            "<EntitySet Name=\"all\" EntityType=\"graph.thing\"/>"
                                    + "<Singleton Name=\"home\"",
                            "all has no permission to Read"),
                    more(
                            "annotations",
                            on("thing/name", flag("Secret")),
                            "title is not as secret as"),
                    more(
                            "annotations",
                            on("thing/friends", flag("DeepInsert")),
                            "friends is no contained collection to be written"),
                    more(
                            "members",
                            "<NavigationProperty Name=\"x\" Type=\"graph.other\""
                                    + " ContainsTarget=\"true\"/>",
                            "x leads to one contained entity, which has no fixed key"),
                    fault(
                            "<!--more types-->",
                            "<ComplexType Name=\"held\"><NavigationProperty Name=\"x\""
                                    + " Type=\"Collection(graph.thing)\"/></ComplexType>"
                                    + "<EntityType Name=\"two\" BaseType=\"graph.other\">"
                                    + property("a", "graph.held")
                                    + property("b", "graph.held")
                                    + "</EntityType>",
                            "thing has links x in both a and b"),
                    fault(
                            "Property=\"Write\"",
                            "Property=\"Writ\"",
                            "not a value of usher.Permissions"),
                    fault(
                            "Property=\"Write\"",
                            "Property=\"Insert\"",
                            "home/things has no permission to Write"),
                    fault("Thing.Read.All", "Thing.Read.All,", "not a value of usher.Permissions"),
                    more(
                            "annotations",
                            on(
                                    "thing/friends",
                                    "<Annotation"
                                        + " Term=\"Org.OData.Capabilities.V1.InsertRestrictions\"><Record><PropertyValue"
                                        + " Property=\"Insertible\""
                                        + " Bool=\"false\"/></Record></Annotation>"),
                            "not a value of Org.OData.Capabilities.V1.InsertRestrictions"));

    @Test
    void theSoundSchemaIsAccepted() {
        assertThatCode(() -> parse(SOUND)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @FieldSource("FAULTS")
    void everyFaultIsFound(String sound, String faulty, String finding) {
        assertThat(SOUND).contains(sound);
        SchemaException refused =
                catchThrowableOfType(
                        SchemaException.class, () -> parse(SOUND.replace(sound, faulty)));
        assertThat(refused).isNotNull();
        assertThat(refused.findings()).anyMatch(found -> found.contains(finding));
    }

    @Test
    void allFaultsAreListedWithTheirPlaces() {
        String faulty =
                SOUND.replace("<!--more members-->", property("x", "graph.gone"))
                        .replace("<!--more annotations-->", on("lost", text("Colour", "x")));
        SchemaException refused = catchThrowableOfType(SchemaException.class, () -> parse(faulty));
        assertThat(refused.findings())
                .containsExactly(
                        "test.xml:13: there is no type microsoft.graph.gone in v1.0",
                        "test.xml:13: there is no type microsoft.graph.gone in beta",
                        "test.xml:34: microsoft.graph.lost does not exist",
                        "test.xml:34: microsoft.graph.lost: unknown term usher.Colour");
        assertThat(refused).hasMessageContaining("4 faults").hasMessageContaining("test.xml:13");
    }

    /** An entity declared in a DTD is neither expanded nor fetched. */
    @Test
    void noEntityIsExpanded() {
        String hostile =
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                        + SOUND.replace("Name=\"size\"", "Name=\"&e;\"");
        SchemaException refused = catchThrowableOfType(SchemaException.class, () -> parse(hostile));
        assertThat(refused.findings()).anyMatch(found -> found.contains("document type"));
    }

    private static Schema parse(String text) {
        Supplier<InputStream> document =
                () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return Schema.parse(Map.of("test.xml", document));
    }

    private static Arguments fault(String sound, String faulty, String finding) {
        return Arguments.of(sound, faulty, finding);
    }

    private static Arguments more(String where, String what, String finding) {
        return Arguments.of("<!--more " + where + "-->", what, finding);
    }

    private static String property(String name, String type) {
        return "<Property Name=\"" + name + "\" Type=\"" + type + "\"/>";
    }

    private static String on(String target, String... annotations) {
        return "<Annotations Target=\"microsoft.graph."
                + target
                + "\">"
                + String.join("", annotations)
                + "</Annotations>";
    }

    private static String text(String term, String value) {
        return "<Annotation Term=\"usher." + term + "\" String=\"" + value + "\"/>";
    }

    private static String flag(String term) {
        return "<Annotation Term=\"usher." + term + "\"/>";
    }
}
