// From signing in to a deleted user on KooDrive. Java 17 or later, standard library only.
// Configuration, steps and exit codes: ../README.md

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.*;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public class Journey {
    static final String USAGE = "usage: Journey [PHONE]", NOT_FOUND = "13000309";

    final KooDrive service;
    final Provision batches;

    Journey(KooDrive service) {
        this.service = service;
        batches = new Provision(service);
    }

    static void check(String step, boolean good) {
        if (!good) throw new KooDrive.Stop(1, step + ": the service did something else");
        Provision.OUT.println(step);
    }

    Map<?, ?> read(String path) throws Exception {
        return service.read("GET", path, "", false);
    }

    static Map<?, ?> data(Map<?, ?> answer) {
        return (Map<?, ?>) answer.get("data");
    }

    /** A call that changes something: sent again only if it was turned away before it took effect. */
    Map<?, ?> write(String method, String path, String body) throws Exception {
        try {
            return service.call(method, path, body, KooDrive.Proof.TOKEN, KooDrive.Answer::turnedAway);
        } catch (KooDrive.Lost lost) {
            throw new KooDrive.Stop(3, lost.getMessage());
        }
    }

    /** Signs in as a browser would, without one: the mock's sign-in page takes whom to sign in as from the query. */
    Map<?, ?> signIn(String login) throws Exception {
        var none = KooDrive.Proof.NONE;
        var domain = KooDrive.encode(URI.create(service.endpoint).getRawAuthority());
        var page = service.call("GET", "/session/authCodeURL?domain=" + domain, "", none, answer -> true);
        var uri = URI.create(Json.text(page, "uri") + "&login=" + KooDrive.encode(login));
        var answer = service.exchange(HttpRequest.newBuilder(uri).build());
        var code = Pattern.compile("[?&]code=([^&]+)").matcher(answer.location());
        if (!code.find()) throw new KooDrive.Stop(3, "signing in as " + login + ": " + answer.text());
        var body = "{\"code\":" + Json.quote(code.group(1)) + "}";
        var session = data(service.call("POST", "/session", body, none, KooDrive.Answer::turnedAway));
        service.token = Json.text(session, "accessToken"); // carries the word Bearer, and is sent as it is
        return (Map<?, ?>) session.get("userInfo");
    }

    /** The failure of a call that the service must refuse. */
    String refused(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(service.endpoint + KooDrive.BASE + path))
            .header("Authorization", service.token).build();
        var answer = service.exchange(request);
        return answer.ok() ? "" : answer.text();
    }

    String provisionOne(String phone) throws Exception {
        var task = batches.create(List.of(new Provision.User("Journey", "", phone)));
        batches.waitUntilDone(task.id());
        var row = batches.resultRows(task.id()).get(phone).element();
        if (!Json.text(row, "code").isEmpty()) throw new KooDrive.Stop(1, phone + ": " + row);
        return Json.text(row, "userId");
    }

    static long sum(Map<?, ?> quota, String part) {
        return Stream.of("dept", "personal", "group").mapToLong(kind -> number(quota, kind + part)).sum();
    }

    static long number(Map<?, ?> quota, String name) {
        return Long.parseLong(Json.text(quota, name));
    }

    Map<?, ?> quota() throws Exception {
        var quota = data(read("/service/quotaUsed"));
        var addsUp = number(quota, "spaceUsed") == sum(quota, "SpaceUsed")
            && number(quota, "spaceQuotaUsed") == sum(quota, "SpaceQuotaUsed")
            && number(quota, "spaceCapacity") == sum(quota, "SpaceQuota") + number(quota, "reservedSpaceQuota");
        if (!addsUp) throw new KooDrive.Stop(1, "quota: the sums do not hold: " + quota);
        return quota;
    }

    void run(String phone) throws Exception {
        var innerUserId = Json.text(signIn(service.setting("LOGIN", "admin", ".*")), "innerUserId");
        check("signed in", Json.text(data(read("/session/auth")), "innerUserId").equals(innerUserId));

        var root = Json.text(Json.rows(read("/departmentList"), "list").get(0), "id");
        var name = "Journey " + phone.substring(Math.max(0, phone.length() - 8));
        var created = write("POST", "/departments",
            "{\"name\":" + Json.quote(name) + ",\"parentId\":" + Json.quote(root) + "}");
        var department = Json.text(data(created), "id");
        var listed = Json.rows(read("/departmentList?departmentId=" + root), "list");
        check("department created", listed.stream().anyMatch(one -> Json.text(one, "id").equals(department)));

        var row = "{\"targetDeptName\":" + Json.quote(name) + ",\"personalCapacity\":1,\"isAllocateCapacity\":true}";
        var verified = write("POST", "/users/batchimport/preverify",
            "{\"curDeptId\":" + department + ",\"users\":[" + row + "]}");
        check("import pre-verified", Json.text(Json.rows(verified, "data").get(0), "reason").isEmpty());

        var first = data(read("/users/" + provisionOne(phone)));
        String id = Json.text(first, "id"), user = "/users/" + id, space = "/space/" + id;
        check("user provisioned", Json.text(first, "name").startsWith("Journey"));

        write("PUT", user, "{\"deptId\":" + department + "}");
        var count = Json.text(read("/users/count?deptId=" + department), "total");
        check("user moved", Json.text(data(read(user)), "deptId").equals(department) && count.equals("1"));
        write("PUT", user, "{\"status\":1}");
        check("user disabled", Json.text(data(read(user)), "status").equals("1"));
        write("PUT", user, "{\"status\":0}");
        check("user enabled", Json.text(data(read(user)), "status").equals("0"));

        var before = number(quota(), "personalSpaceQuotaUsed");
        var container = Json.text(data(write("POST", space, "{\"capacity\":5,\"type\":1}")), "containerId");
        write("PUT", space, "{\"capacity\":7,\"type\":1,\"containerId\":" + Json.quote(container) + "}");
        var changed = data(read(space + "?type=1&containerId=" + container));
        check("space created and changed", Json.text(changed, "capacity").equals("7"));
        check("quota adds up", number(quota(), "personalSpaceQuotaUsed") == before + 7);

        write("DELETE", user, "");
        check("user deleted", refused(user).contains(NOT_FOUND));
        write("DELETE", "/departments/" + department, "");
        check("department deleted", refused("/departments/" + department).contains(NOT_FOUND));
        var again = provisionOne(phone);
        check("phone provisioned again", !again.equals(id));
        write("DELETE", "/users/" + again, "");

        read("/session/logoff");
        check("signed out", refused("/session/auth").contains("HTTP 401"));
        Provision.OUT.println("journey=done");
    }

    public static void main(String[] arguments) throws Exception {
        try {
            if (arguments.length > 1) throw new KooDrive.Stop(2, "one phone at most");
            var now = String.valueOf(System.currentTimeMillis());
            new Journey(new KooDrive(System.getenv())).run(arguments.length > 0 ? arguments[0] : "188" + now.substring(3));
        } catch (KooDrive.Stop stop) {
            KooDrive.ERR.println(stop.exitCode == 2 ? stop.getMessage() + "\n" + USAGE : stop.getMessage());
            System.exit(stop.exitCode);
        } catch (ClassCastException | NullPointerException | NoSuchElementException | NumberFormatException broken) {
            KooDrive.ERR.println("The service answered something the reference does not allow: " + broken.getMessage());
            System.exit(3);
        }
    }
}
