package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.SignUpLog;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The tenant, its domains, its roles and its audit, through the built distribution. */
@UsherTest
class TenantObjectsTest {

    private static final String USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1";
    private static final String GUEST_INVITER = "95e79109-95c0-4d8e-aee3-d01accf2d47b";
    private static final String IEF_POLICY_ADMINISTRATOR = "3edaf663-341e-4475-9f94-5c398ef6c070";
    private static final String ASSIGNMENTS = "/roleManagement/directory/roleAssignments";
    private static final String DEFINITIONS = "/roleManagement/directory/roleDefinitions";

    private final Usher usher;

    TenantObjectsTest(Usher usher) {
        this.usher = usher;
    }

    private Graph graph(String version) {
        return usher.graph(version, usher.tenant(), usher.tenant().admin());
    }

    private String user(Graph graph) {
        return graph.post("/users", UsersTest.work(usher.tenant().domain(), Usher.fresh("r")))
                .expect(201)
                .json()
                .get("id")
                .asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /organization")
    @Proves("GET /organization/{tenant-id}")
    @Proves("GET /domains")
    @Proves("GET /domains/{domain-name}")
    void theTenant(String version) {
        Graph graph = graph(version);
        String id = usher.tenant().id();
        assertThat(graph.get("/organization").values("id")).containsExactly(id);
        assertThat(graph.get("/organization/" + id).expect(200).text())
                .contains(usher.tenant().domain());
        graph.get("/organization/" + usher.otherTenant().id())
                .refused(404, "Request_ResourceNotFound");
        assertThat(graph.get("/domains").values("id")).contains(usher.tenant().domain());
        assertThat(
                        graph.get("/domains/" + usher.tenant().domain())
                                .expect(200)
                                .json()
                                .get("isInitial")
                                .asBoolean())
                .isTrue();
        graph.get("/domains/" + usher.otherTenant().domain())
                .refused(404, "Request_ResourceNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /roleManagement/directory/roleDefinitions")
    @Proves("GET /roleManagement/directory/roleDefinitions/{role-id}")
    @Proves("GET /roleManagement/directory/roleAssignments")
    @Proves("POST /roleManagement/directory/roleAssignments")
    @Proves("GET /roleManagement/directory/roleAssignments/{assignment-id}")
    @Proves("DELETE /roleManagement/directory/roleAssignments/{assignment-id}")
    @Proves("GET /directoryRoles")
    @Proves("GET /directoryRoles(roleTemplateId='{template-id}')")
    @Proves("GET /directoryRoles/{role-id}/members")
    @Proves("POST /directoryRoles/{role-id}/members/$ref")
    @Proves("DELETE /directoryRoles/{role-id}/members/{id}/$ref")
    @Proves("GET /directoryRoleTemplates")
    @Proves("GET /users/{id-or-upn}/memberOf")
    void roles(String version) {
        Graph graph = graph(version);
        String one = user(graph);
        Map<String, Object> assignment =
                Json.object(
                        "principalId",
                        one,
                        "roleDefinitionId",
                        USER_ADMINISTRATOR,
                        "directoryScopeId",
                        "/");
        String id = graph.post(ASSIGNMENTS, assignment).expect(201).json().get("id").asString();
        graph.post(ASSIGNMENTS, assignment).refused(400, "Request_BadRequest");
        graph.get(ASSIGNMENTS + "/" + id).expect(200);
        String filter = UsersTest.query("principalId eq '" + one + "'");
        assertThat(graph.get(ASSIGNMENTS + "?$filter=" + filter).values("id")).containsExactly(id);
        String byTemplate = "/directoryRoles(roleTemplateId='" + USER_ADMINISTRATOR + "')";
        String role = graph.get(byTemplate).expect(200).json().get("id").asString();
        assertThat(graph.get("/directoryRoles").values("id")).contains(role);
        assertThat(graph.get("/directoryRoles/" + role + "/members").values("id")).contains(one);
        assertThat(graph.get("/users/" + one + "/memberOf").values("id")).containsExactly(role);

        String two = user(graph);
        String members = "/directoryRoles/" + role + "/members";
        Map<String, Object> reference =
                Json.object("@odata.id", graph.url("/directoryObjects/" + two));
        graph.post(members + "/$ref", reference).expect(204);
        graph.post(members + "/$ref", reference).refused(400, "Request_BadRequest");
        assertThat(graph.get(members).values("id")).contains(one, two);
        graph.delete(members + "/" + two + "/$ref").expect(204);
        graph.delete(ASSIGNMENTS + "/" + id).expect(204);
        assertThat(graph.get(members).values("id")).doesNotContain(one, two);
        assertThat(graph.get("/directoryRoleTemplates").values("id")).contains(USER_ADMINISTRATOR);
        String named = UsersTest.query("displayName eq 'User Administrator'");
        assertThat(graph.get(DEFINITIONS + "?$filter=" + named).values("id"))
                .containsExactly(USER_ADMINISTRATOR);
        graph.get(DEFINITIONS + "/" + USER_ADMINISTRATOR).expect(200);
    }

    /** Each version has a role that no other test needs. */
    @ParameterizedTest
    @CsvSource({"v1.0," + GUEST_INVITER, "beta," + IEF_POLICY_ADMINISTRATOR})
    @Proves("POST /directoryRoles")
    void aRoleIsActivatedOnce(String version, String template) {
        Graph graph = graph(version);
        Map<String, Object> body = Json.object("roleTemplateId", template);
        graph.post("/directoryRoles", body).expect(201);
        graph.post("/directoryRoles", body).refused(400, "Request_BadRequest");
        graph.get("/directoryRoles/" + template).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /auditLogs/directoryAudits")
    @Proves("GET /auditLogs/directoryAudits/{audit-id}")
    void audits(String version) {
        Graph graph = graph(version);
        String id = user(graph);
        String filter = UsersTest.query("targetResources/any(t:t/id eq '" + id + "')");
        Reply rows = graph.get("/auditLogs/directoryAudits?$filter=" + filter);
        assertThat(rows.values("activityDisplayName")).contains("Add user");
        assertThat(rows.json().get("value").get(0).get("initiatedBy").get("app").get("appId"))
                .hasToString("\"" + usher.tenant().admin().id() + "\"");
        String one = rows.values("id").getFirst();
        graph.get("/auditLogs/directoryAudits/" + one).expect(200);
        assertThat(rows.text()).doesNotContain("Correct-Horse", "argon2");
        graph.get("/auditLogs/signIns?$top=5").expect(200);
        graph.post("/auditLogs/signIns", Map.of()).expect(405);
    }

    @Test
    @Proves("GET /auditLogs/signUps")
    @Proves("GET /auditLogs/signUps/{signup-id}")
    void signUpsAreOfBeta() {
        graph("v1.0").get("/auditLogs/signUps").refused(400, "BadRequest");
        String address = Usher.fresh("signup") + "@example.com";
        SignUpLog log = new SignUpLog(usher);
        String first = log.add(usher.tenant(), address, "credentialCollection", 0);
        String second = log.add(usher.tenant(), address, "credentialValidation", 1002013);
        Graph graph = graph("beta");
        String filter =
                "?$filter=" + UsersTest.query("correlationId eq '" + log.correlationId() + "'");
        assertThat(graph.get("/auditLogs/signUps" + filter).values("id"))
                .containsExactly(second, first);
        String failed = filter + UsersTest.query(" and status/errorCode eq 1002013");
        assertThat(graph.get("/auditLogs/signUps" + failed).values("id")).containsExactly(second);
        JsonNode read = graph.get("/auditLogs/signUps/" + second).expect(200).json();
        assertThat(read.get("signUpStage").asString()).isEqualTo("credentialValidation");
        assertThat(read.at("/signUpIdentity/signUpIdentifier").asString()).isEqualTo(address);
        assertThat(read.get("userId").isNull()).isTrue();
        graph.delete("/auditLogs/signUps/" + second).refused(405, "Request_BadRequest");
        usher.graph("beta", usher.otherTenant(), usher.otherTenant().admin())
                .get("/auditLogs/signUps/" + second)
                .refused(404, "Request_ResourceNotFound");
    }
}
