package com.example.sync;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls of KooDrive that the synchronisation needs. */
@Component
class KooDriveClient {
    private static final String BASE = "/koodrive/ose/v1";
    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** The answer of a call that creates was lost: it may have taken effect. */
    static class LostAnswer extends RuntimeException {
        LostAnswer(Throwable cause) {
            super(cause);
        }
    }

    private final RestClient http;
    private final JsonMapper json;
    private final KooDriveProperties properties;
    private final RequestSigner signer;

    KooDriveClient(RestClient.Builder http, JsonMapper json, KooDriveProperties properties) {
        this.http = http.build();
        this.json = json;
        this.properties = properties;
        this.signer = new RequestSigner(properties, Clock.systemUTC());
    }

    /** Checks an import and changes nothing: why each employee would be refused; empty for who would not. */
    List<String> preverify(List<Employee> employees) {
        var users = employees.stream().map(employee -> {
            var user = new HashMap<String, Object>();
            if (!employee.department().isEmpty()) user.put("targetDeptName", employee.department());
            user.put("isAllocateCapacity", properties.gigabytes() > 0);
            user.put("personalCapacity", properties.gigabytes());
            return user;
        }).toList();
        var body = json.writeValueAsBytes(Map.of("curDeptId", properties.deptId(), "users", users));
        var answer = call(HttpMethod.POST, "/users/batchimport/preverify", body, false, true);
        var reasons = new ArrayList<String>();
        for (var verdict : answer.path("data")) {
            reasons.add(verdict.path("isSuccess").asInt() == 0 ? "" : verdict.path("reason").asString("refused"));
        }
        return reasons;
    }

    /**
     * Submits up to 1,000 employees and gives the id of the task.
     *
     * @throws LostAnswer when nobody knows whether it was accepted; submitting the same employees again is safe
     */
    String create(List<Employee> employees) {
        var userList = employees.stream().map(employee -> {
            var user = new HashMap<>(Map.of("firstname", employee.firstname(), "phone", employee.phone()));
            if (!employee.surname().isEmpty()) user.put("surname", employee.surname());
            return user;
        }).toList();
        var body = json.writeValueAsBytes(Map.of("userList", userList));
        return call(HttpMethod.POST, "/user/batchRegister/create", body, true, false).path("data").asString();
    }

    /** Polls with growing pauses until the task is done or has failed, then reads all its rows. */
    List<JsonNode> rowsOf(String taskId) {
        for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
            var status = page(taskId, "").path("taskInfo").path("status").asString();
            if (status.equals("2") || status.equals("3")) break;
            sleep(pause);
        }
        var rows = new ArrayList<JsonNode>();
        for (var cursor = ""; cursor != null; ) {
            var page = page(taskId, cursor);
            page.path("registerList").forEach(rows::add);
            var next = page.path("nextPageCursor").asString("");
            cursor = next.isEmpty() ? null : next;
        }
        return rows;
    }

    private JsonNode page(String taskId, String cursor) {
        var query = "?taskId=" + RequestSigner.encode(taskId) + "&pageSize=1000"
            + (cursor.isEmpty() ? "" : "&cursor=" + RequestSigner.encode(cursor));
        return call(HttpMethod.GET, "/user/batchRegister/get" + query, new byte[0], true, true).path("data");
    }

    /** One call; repeated while it was refused for a time, and after a lost answer where that is safe. */
    private JsonNode call(HttpMethod method, String path, byte[] body, boolean isSigned, boolean isSafe) {
        var address = URI.create(properties.endpoint() + BASE + path);
        var pause = FIRST_PAUSE;
        for (var attempt = 1; ; attempt++, pause = longer(pause)) {
            RuntimeException failure;
            try {
                return exchange(method, address, body, isSigned);
            } catch (RestClientResponseException refused) {
                var status = refused.getStatusCode().value();
                if (status != 429 && status < 500) throw refused;
                if (!isSafe && status != 429 && status != 503) throw new LostAnswer(refused);
                failure = refused;
            } catch (ResourceAccessException | tools.jackson.core.JacksonException lost) {
                if (!isSafe) throw new LostAnswer(lost);
                failure = lost;
            }
            if (attempt == ATTEMPTS) throw failure;
            sleep(pause);
        }
    }

    private JsonNode exchange(HttpMethod method, URI address, byte[] body, boolean isSigned) {
        var request = http.method(method).uri(address).contentType(MediaType.APPLICATION_JSON);
        if (isSigned) signer.sign(method.name(), address, body).forEach(request::header);
        else request.header("Authorization", "Bearer " + properties.accessToken());
        if (body.length > 0) request.body(body); // the bytes that were signed
        return json.readTree(request.retrieve().body(byte[].class));
    }

    private static Duration longer(Duration pause) {
        var next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
