package com.example.sync;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** {@code java -jar koodrive-sync-1.jar employees.csv}: exit code 0 when everybody has a user, 1 when not. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {
    private int exitCode;

    public static void main(String[] args) {
        var context = SpringApplication.run(Application.class, args);
        for (var file : args) context.getBean(Application.class).sync(Path.of(file), context.getBean(EmployeeSync.class));
        System.exit(SpringApplication.exit(context));
    }

    /** Goes on where an earlier run stopped, and leaves the report beside the file. */
    void sync(Path file, EmployeeSync sync) {
        var state = file.resolveSibling(file.getFileName() + ".state.csv");
        var employees = SyncFiles.readEmployees(file);
        sync.run(employees, SyncFiles.readState(state), outcomes -> SyncFiles.appendState(state, outcomes));
        var done = SyncFiles.readState(state);
        var outcomes = employees.stream().map(one -> done.get(one.phone())).toList();
        SyncFiles.writeReport(file.resolveSibling(file.getFileName() + ".report.csv"), outcomes);
        System.out.println(Arrays.stream(Outcome.Kind.values())
            .map(kind -> kind.name().toLowerCase() + "=" + outcomes.stream().filter(one -> one.kind() == kind).count())
            .collect(Collectors.joining(" ")));
        if (!outcomes.stream().allMatch(Outcome::isSettled)) exitCode = 1;
    }

    @Bean
    ExitCodeGenerator exitCodeOfSync() {
        return () -> exitCode;
    }
}
