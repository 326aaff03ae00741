package dev.usher.edm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Golden;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class MetadataWriterTest {

    @SuppressWarnings("unused")
    private static final List<String> VERSIONS = Schema.VERSIONS;

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void printsWhatIsUnderVersionControl(String version) {
        String text = MetadataWriter.write(Schema.load().model(version));
        Golden.compare("metadata-" + version + ".xml", text);
    }

    /** What is published is a schema again, and prints the same once more. */
    @ParameterizedTest
    @FieldSource("VERSIONS")
    void readsBackWhatItPrints(String version) {
        String text = MetadataWriter.write(Schema.load().model(version));
        List<String> findings = new ArrayList<>();
        Csdl csdl = new Csdl();
        var stream = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        CsdlReader.read("published", stream, csdl, findings::add);
        Model again = new ModelBuilder(csdl, version, findings::add).build();
        assertThat(findings).isEmpty();
        assertThat(MetadataWriter.write(again)).isEqualTo(text);
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void keepsItsOwnTermsAndUnreachableTypesToItself(String version) {
        String text = MetadataWriter.write(Schema.load().model(version));
        assertThat(text).doesNotContain("Term=\"usher.");
        // reached in one version alone
        assertThat(text.contains("\"signUpStage\"")).isEqualTo(version.equals("beta"));
    }
}
