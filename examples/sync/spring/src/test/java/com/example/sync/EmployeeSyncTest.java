package com.example.sync;

import static org.junit.jupiter.api.Assertions.*;

import com.example.sync.Outcome.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

@Testcontainers
@SpringBootTest
class EmployeeSyncTest {
    private static final String CONTROL_TOKEN = "for-tests-only";

    @Container
    static final GenericContainer<?> mock = new GenericContainer<>("koodrive-mock")
        .withExposedPorts(4010)
        .withEnv("KOODRIVE_MOCK_CONTROL_TOKEN", CONTROL_TOKEN)
        .waitingFor(Wait.forHttp("/__admin/ready").withHeader("Authorization", "Bearer " + CONTROL_TOKEN));

    static String url() {
        return "http://" + mock.getHost() + ":" + mock.getMappedPort(4010);
    }

    @DynamicPropertySource
    static void koodrive(DynamicPropertyRegistry properties) {
        properties.add("koodrive.endpoint", EmployeeSyncTest::url);
        properties.add("koodrive.gigabytes", () -> 0);
    }

    @Autowired
    EmployeeSync sync;

    @Autowired
    Application application;

    @TempDir
    Path folder;

    static void control(String path, Object body) {
        RestClient.create(url() + "/__admin/sandboxes/default").post().uri(path)
            .header("Authorization", "Bearer " + CONTROL_TOKEN).body(body).retrieve().toBodilessEntity();
    }

    @BeforeEach
    void startAnew() {
        control("/reset", Map.of());
    }

    static Employee employee(String phone) {
        return new Employee("Ada", "", phone, "");
    }

    List<Outcome> outcomesOf(List<Employee> employees) {
        var outcomes = new ArrayList<Outcome>();
        sync.run(employees, Map.of(), outcomes::addAll);
        return outcomes;
    }

    @Test
    void provisionsMoreEmployeesThanOneBatchTakes() {
        var employees = IntStream.range(0, 1500).mapToObj(i -> employee("139%08d".formatted(i))).toList();
        var outcomes = outcomesOf(employees);
        assertEquals(1500, outcomes.stream().filter(one -> one.kind() == Kind.CREATED).count());
    }

    @Test
    void reportsWhoExistsAndWhoFails() {
        var outcomes = outcomesOf(List.of(employee("13900000001"), employee("19990000009"), employee("19990000102")));
        assertEquals(List.of(Kind.CREATED, Kind.EXISTING, Kind.FAILED), outcomes.stream().map(Outcome::kind).toList());
        assertTrue(outcomes.get(1).userId().matches("\\d{19}"));
    }

    @Test
    void createsNothingForWhomThePreverificationRefuses() {
        var outcomes = outcomesOf(List.of(new Employee("Ada", "", "13900000001", "Nowhere")));
        assertEquals(Kind.FAILED, outcomes.get(0).kind());
        assertFalse(outcomes.get(0).reason().isEmpty());
    }

    @Test
    void comesThroughAnOutageAndALostAnswer() {
        control("/faults", Map.of("kind", "error", "status", 503, "times", 2));
        control("/faults", Map.of("kind", "reset", "operation", "createBatchProvisioningTask", "times", 1));
        var outcome = outcomesOf(List.of(employee("13900000001"))).get(0);
        assertTrue(outcome.isSettled(), outcome.toString());
    }

    @Test
    void goesOnWhereAnEarlierRunStopped() throws Exception {
        var file = folder.resolve("employees.csv");
        Files.writeString(file, "\uFEFFfirstname,phone\n\"Jean, E.\",13900000003\n");
        application.sync(file, sync);
        Files.writeString(file, "firstname,phone\n\"Jean, E.\",13900000003\nAda,13900000001\n");
        application.sync(file, sync);
        var report = Files.readAllLines(folder.resolve("employees.csv.report.csv"));
        assertEquals(3, report.size());
        assertTrue(report.stream().skip(1).allMatch(line -> line.contains(",CREATED,")), report.toString());
    }

    @Test
    void namesTheLineOfAMistake() throws Exception {
        var file = folder.resolve("employees.csv");
        Files.writeString(file, "firstname,phone\nAda,\n");
        var error = assertThrows(IllegalArgumentException.class, () -> application.sync(file, sync));
        assertTrue(error.getMessage().endsWith("employees.csv:2: phone is missing"), error.getMessage());
    }

    @Test
    void refusesAnotherEncodingThanUtf8() throws Exception {
        var file = folder.resolve("employees.csv");
        Files.write(file, "firstname,phone\n张,13900000001\n".getBytes("GBK"));
        var error = assertThrows(IllegalArgumentException.class, () -> application.sync(file, sync));
        assertTrue(error.getMessage().contains("CSV UTF-8"), error.getMessage());
    }
}
