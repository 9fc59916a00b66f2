package com.example.sync;

import com.example.sync.Outcome.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** Brings employees into KooDrive, 1,000 at a time. */
@Service
class EmployeeSync {
    private static final int BATCH = 1000;
    private static final int SUBMISSIONS = 3;
    private static final String EXISTS = "40000009";

    private final KooDriveClient client;

    EmployeeSync(KooDriveClient client) {
        this.client = client;
    }

    /**
     * Pre-verifies and provisions whoever has no user yet.
     *
     * @param done what became of phones in earlier runs
     * @param settled gets the outcomes of each batch, so that they can be kept at once
     */
    void run(List<Employee> employees, Map<String, Outcome> done, Consumer<List<Outcome>> settled) {
        var open = employees.stream()
            .filter(employee -> !done.containsKey(employee.phone()) || !done.get(employee.phone()).isSettled()).toList();
        for (var from = 0; from < open.size(); from += BATCH) {
            settled.accept(provision(open.subList(from, Math.min(from + BATCH, open.size()))));
        }
    }

    private List<Outcome> provision(List<Employee> batch) {
        var outcomes = new ArrayList<Outcome>();
        var passed = new ArrayList<Employee>();
        var reasons = client.preverify(batch);
        for (var i = 0; i < batch.size(); i++) {
            if (reasons.get(i).isEmpty()) passed.add(batch.get(i));
            else outcomes.add(new Outcome(batch.get(i).phone(), Kind.FAILED, "", "", reasons.get(i)));
        }
        if (!passed.isEmpty()) outcomes.addAll(submit(passed));
        return outcomes;
    }

    /** After a lost answer the same employees are submitted again: the service skips those who exist. */
    private List<Outcome> submit(List<Employee> employees) {
        for (var submission = 1; ; submission++) {
            try {
                return outcomesOf(employees, client.create(employees));
            } catch (KooDriveClient.LostAnswer lost) {
                if (submission < SUBMISSIONS) continue;
                return employees.stream()
                    .map(one -> new Outcome(one.phone(), Kind.UNKNOWN, "", "", lost.getCause().getMessage())).toList();
            }
        }
    }

    /** One outcome for each employee: rows of one phone belong to its employees in order. */
    private List<Outcome> outcomesOf(List<Employee> employees, String taskId) {
        Map<String, Deque<Outcome>> byPhone = new HashMap<>();
        for (var row : client.rowsOf(taskId)) {
            var code = row.path("code").asString("");
            var kind = code.isEmpty() ? Kind.CREATED : code.equals(EXISTS) ? Kind.EXISTING : Kind.FAILED;
            var phone = row.path("phone").asString();
            byPhone.computeIfAbsent(phone, key -> new ArrayDeque<>()).add(
                new Outcome(phone, kind, row.path("userId").asString(""), code, row.path("reason").asString("")));
        }
        return employees.stream().map(employee -> {
            var outcome = byPhone.getOrDefault(employee.phone(), new ArrayDeque<>()).poll();
            if (outcome != null) return outcome;
            return new Outcome(employee.phone(), Kind.UNKNOWN, "", "", "task " + taskId + " has no row for this phone");
        }).toList();
    }
}
