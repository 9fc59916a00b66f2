// Provision users on KooDrive and wait until they exist. Java 17 or later, standard library only.
// Configuration, steps and exit codes: ../README.md

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.*;
import java.net.URI;
import java.time.Instant;
import java.util.*;
import java.util.stream.Collectors;

public class Provision {
    static final String USAGE = """
        usage: Provision [FIRSTNAME:PHONE | FIRSTNAME:SURNAME:PHONE]...
               Provision sign METHOD URL [BODY]       prints an Authorization header""";
    static final String[] DEFAULT_USERS = {"1204:1204:1884609076404", "1205:1205:1884609076405"};
    static final String USER_EXISTS = "40000009";
    // Java 17 would print in the charset of the locale.
    static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    static final PrintStream ERR = KooDrive.ERR;

    final KooDrive service;

    Provision(KooDrive service) {
        this.service = service;
    }

    record User(String firstname, String surname, String phone) {
        String toJson() {
            var middle = surname.isEmpty() ? "" : ",\"surname\":" + Json.quote(surname);
            return "{\"firstname\":" + Json.quote(firstname) + middle + ",\"phone\":" + Json.quote(phone) + "}";
        }
    }

    /** The reason why a row would fail, or "", row by row. */
    List<String> preverify(int count) throws Exception {
        var row = "{\"targetDeptName\":\"Dept\",\"personalCapacity\":10,\"isAllocateCapacity\":true}";
        var rows = String.join(",", Collections.nCopies(count, row));
        var body = "{\"curDeptId\":" + service.deptId + ",\"users\":[" + rows + "]}"; // beyond 2^53: stays text
        var results = Json.rows(service.read("POST", "/users/batchimport/preverify", body, false), "data");
        if (results.size() != count) {
            throw new KooDrive.Stop(3, "preverify: " + count + " rows sent, " + results.size() + " results");
        }
        // isSuccess is 0 in the page's only example and explained nowhere: a failed row is known by its reason.
        return results.stream().map(result -> Json.text(result, "reason")).toList();
    }

    record Task(String id, boolean resubmitted) {}

    /**
     * The task, and whether the batch was submitted twice.
     *
     * <p>A create that is throttled (429, or 503 with Retry-After) was turned away before it took effect. Any other
     * lost answer is ambiguous, and the phones cannot be looked up because the user list masks them. But the service
     * skips a phone that exists and names its userId (40000009). So the batch is submitted once more: whom the first
     * attempt provisioned comes back as skipped, and nobody is provisioned twice.
     */
    Task create(List<User> users) throws Exception {
        var body = users.stream().map(User::toJson).collect(Collectors.joining(",", "{\"userList\":[", "]}"));
        for (boolean resubmitted = false; ; resubmitted = true) {
            try {
                var answer = service.call("POST", "/user/batchRegister/create", body, KooDrive.Proof.SIGNATURE,
                    KooDrive.Answer::turnedAway);
                var taskId = Json.text(answer, "data");
                if (taskId.isEmpty()) throw new NoSuchElementException("create: no task id");
                return new Task(taskId, resubmitted);
            } catch (KooDrive.Lost lost) {
                var story = lost.getMessage() + "\nThe task may exist or not. ";
                if (resubmitted) throw new KooDrive.Stop(3, story + "Run this again later.");
                ERR.println(story + "Submitting again: the service skips users that exist.");
                Thread.sleep(1000);
            }
        }
    }

    Map<?, ?> query(String taskId, String cursor, int pageSize) throws Exception {
        var parameters = "?taskId=%s&cursor=%s&pageSize=%d"
            .formatted(KooDrive.encode(taskId), KooDrive.encode(cursor), pageSize);
        return (Map<?, ?>) service.read("GET", "/user/batchRegister/get" + parameters, "", true).get("data");
    }

    void waitUntilDone(String taskId) throws Exception {
        var shown = "";
        for (long wait = KooDrive.FIRST_WAIT_MS; ; wait = KooDrive.longer(wait)) {
            var info = (Map<?, ?>) query(taskId, "0", 1).get("taskInfo");
            int good = Integer.parseInt(Json.text(info, "successCount"));
            int skipped = Integer.parseInt(Json.text(info, "skipCount"));
            int bad = Integer.parseInt(Json.text(info, "failCount"));
            var counts = String.format("(provisioned %d, skipped %d, failed %d)", good, skipped, bad);
            if (!counts.equals(shown)) {
                var total = Json.text(info, "totalCount");
                ERR.printf("task %s: %d of %s %s%n", taskId, good + skipped + bad, total, counts);
            }
            shown = counts;
            if (List.of("2", "3").contains(Json.text(info, "status"))) return; // done, failed
            if (Instant.now().plusMillis(wait).isAfter(service.deadline)) {
                ERR.printf("task %s: not done in time; the rows so far:%n", taskId);
                return;
            }
            Thread.sleep(wait);
        }
    }

    /** All rows of the task, by phone. */
    Map<String, Deque<Map<?, ?>>> resultRows(String taskId) throws Exception {
        var rows = new HashMap<String, Deque<Map<?, ?>>>();
        var seen = new HashSet<String>();
        for (var cursor = "0"; !cursor.isEmpty(); ) {
            if (!seen.add(cursor)) throw new KooDrive.Stop(3, "task " + taskId + ": cursor " + cursor + " came twice");
            var page = query(taskId, cursor, 100);
            for (var row : Json.rows(page, "registerList")) {
                rows.computeIfAbsent(Json.text(row, "phone"), phone -> new ArrayDeque<>()).add(row);
            }
            cursor = Json.text(page, "nextPageCursor", "nextCursor"); // the reference uses both names
        }
        return rows;
    }

    /** Ids of all users. Users may arrive meanwhile: rows shift and repeat, and `total` grows. */
    Set<String> listedIds() throws Exception {
        var ids = new HashSet<String>();
        for (int offset = 0; ; ) {
            var page = service.read("GET", "/userList?offset=" + offset + "&limit=100", "", false);
            var users = Json.rows(page, "list", "data"); // the example says list, the table says data
            // The reference shows an organisation account as `userId` and KooDrive's own id as `id`: either may match.
            for (var user : users) ids.addAll(List.of(Json.text(user, "userId"), Json.text(user, "id")));
            offset += users.size();
            var total = Json.text(page, "total");
            boolean last = total.isEmpty() ? users.size() < 100 : offset >= Integer.parseInt(total);
            if (last || users.isEmpty()) return ids;
        }
    }

    static String outcome(Map<?, ?> row, boolean resubmitted) {
        if (row.isEmpty()) return "not processed";
        String code = Json.text(row, "code"), reason = Json.text(row, "reason"), userId = Json.text(row, "userId");
        if (code.equals(USER_EXISTS) && resubmitted && !userId.isEmpty()) return "skipped: already provisioned";
        if (code.equals(USER_EXISTS)) return "skipped: " + reason;
        return !userId.isEmpty() && code.matches("0?") ? "provisioned" : "failed: " + code + " " + reason;
    }

    record Line(String phone, String outcome, String userId) {}

    /** Prints the table and the sums; returns the exit code. */
    static int report(List<Line> lines) {
        OUT.printf("%-16s  %-44s  %s%n", "phone", "outcome", "userId");
        for (var line : lines) {
            var userId = line.userId().isEmpty() ? "-" : line.userId();
            OUT.printf("%-16s  %-44s  %s%n", line.phone(), line.outcome(), userId);
        }
        long provisioned = lines.stream().filter(line -> line.outcome().equals("provisioned")).count();
        long skipped = lines.stream().filter(line -> line.outcome().startsWith("skipped")).count();
        long failed = lines.size() - provisioned - skipped;
        OUT.printf("provisioned=%d skipped=%d failed=%d%n", provisioned, skipped, failed);
        return failed > 0 ? 1 : 0;
    }

    int provision(List<User> users) throws Exception {
        var reasons = preverify(users.size());
        var lines = new ArrayList<Line>();
        if (reasons.stream().anyMatch(reason -> !reason.isEmpty())) {
            for (var reason : reasons) {
                var text = reason.isEmpty() ? "not processed" : "failed: pre-verification: " + reason;
                lines.add(new Line(users.get(lines.size()).phone(), text, ""));
            }
            return report(lines);
        }
        var task = create(users);
        waitUntilDone(task.id());
        var rows = resultRows(task.id());
        for (var user : users) {
            var row = Objects.requireNonNullElse(rows.getOrDefault(user.phone(), new ArrayDeque<>()).poll(), Map.of());
            lines.add(new Line(user.phone(), outcome(row, task.resubmitted()), Json.text(row, "userId")));
        }
        int exitCode = report(lines);

        var problems = new ArrayList<String>();
        rows.forEach((phone, left) -> left.forEach(row -> problems.add("a row too many in the result: " + phone)));
        var ids = listedIds();
        for (var line : lines) {
            var mustBeListed = Set.of("provisioned", "skipped: already provisioned").contains(line.outcome());
            if (mustBeListed && !ids.contains(line.userId())) {
                problems.add("provisioned, but not in the user list: " + line.userId());
            }
        }
        problems.forEach(ERR::println);
        return problems.isEmpty() ? exitCode : 1;
    }

    int run(String... arguments) throws Exception {
        if (arguments.length > 2 && arguments.length < 5 && arguments[0].equals("sign")) {
            var url = URI.create(arguments[2]);
            var host = service.setting("HOST_HEADER", KooDrive.host(url), ".*");
            var date = service.setting("X_DATE", KooDrive.X_DATE.format(Instant.now()), ".*");
            var body = arguments.length > 3 ? KooDrive.readable(arguments[3]) : "";
            OUT.println(service.authorization(arguments[1], url, host, date, body));
            return 0;
        }
        var users = new ArrayList<User>();
        for (var argument : arguments.length > 0 ? arguments : DEFAULT_USERS) {
            var names = KooDrive.readable(argument).split(":", -1);
            if (names.length < 2 || names.length > 3 || List.of(names).contains("")) {
                throw new KooDrive.Stop(2, argument + " is neither FIRSTNAME:PHONE nor FIRSTNAME:SURNAME:PHONE");
            }
            users.add(new User(names[0], names.length > 2 ? names[1] : "", names[names.length - 1]));
        }
        if (users.size() > 1000) throw new KooDrive.Stop(2, "a batch takes 1000 users at most");
        return provision(users);
    }

    public static void main(String[] arguments) throws Exception {
        try {
            System.exit(new Provision(new KooDrive(System.getenv())).run(arguments));
        } catch (KooDrive.Stop stop) {
            ERR.println(stop.exitCode == 2 ? stop.getMessage() + "\n" + USAGE : stop.getMessage());
            System.exit(stop.exitCode);
        } catch (ClassCastException | NullPointerException | NoSuchElementException | NumberFormatException broken) {
            ERR.println("The service answered something the reference does not allow: " + broken.getMessage());
            System.exit(3);
        }
    }
}
