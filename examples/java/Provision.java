// Provision users on KooDrive and wait until they exist. Java 17 or later, standard library only: java Provision.java
// Configuration, steps and exit codes: ../README.md

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import java.io.*;
import java.net.*;
import java.net.http.*;
import java.security.*;
import java.time.*;
import java.time.format.*;
import java.time.temporal.ChronoUnit;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.Predicate;
import java.util.regex.*;
import java.util.stream.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Provision {
    static final String USAGE = """
        usage: java Provision.java [FIRSTNAME:PHONE | FIRSTNAME:SURNAME:PHONE]...
               java Provision.java sign METHOD URL [BODY]       prints an Authorization header""";
    static final String[] DEFAULT_USERS = {"1204:1204:1884609076404", "1205:1205:1884609076405"};
    static final String BASE = "/koodrive/ose/v1", SIGNED_HEADERS = "host;x-date;x-user-id", USER_EXISTS = "40000009";
    static final int ATTEMPTS = 8, REQUEST_TIMEOUT_S = 30;
    static final long FIRST_WAIT_MS = 200, LONGEST_WAIT_MS = 5_000;
    static final double GROWTH = 1.5;
    static final DateTimeFormatter X_DATE =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    // Java 17 would print in the charset of the locale.
    static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    static final PrintStream ERR = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);

    final String endpoint =
        setting("ENDPOINT", "http://127.0.0.1:4010", "https?://[^/?#@]+[^?#]*").replaceAll("/+$", "");
    final String appId = setting("APP_ID", "0123456789abcdef".repeat(4), ".*");
    final String appSecret = setting("APP_SECRET", "koodrive-mock-app-secret", ".*");
    final String userId = setting("USER_ID", "1505084218764547200", ".*");
    final String deptId = setting("DEPT_ID", "1575416580416769793", "[1-9]\\d{0,18}");
    final Instant deadline = Instant.now().plusSeconds(Long.parseLong(setting("DEADLINE", "600", "\\d{1,6}")));
    String token = setting("ACCESS_TOKEN", "mock-admin-token", ".*");
    Duration clockOffset = Duration.ZERO; // the service's clock minus ours
    // HTTP/2 would try to upgrade. Redirects are not followed by default: good, a signature covers one path only.
    final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Ends the program. Exit code 2: usage; 3: the service refuses or cannot be reached. */
    static class Stop extends RuntimeException {
        final int exitCode;

        Stop(int exitCode, String text) {
            super(text);
            this.exitCode = exitCode;
        }
    }

    /** A request went out and no usable answer came back: it may have taken effect or not. */
    static class Lost extends Exception {
        Lost(String text) {
            super(text);
        }
    }

    static String setting(String name, String fallback, String pattern) {
        var value = System.getenv().getOrDefault("KOODRIVE_" + name, "");
        if (value.isEmpty()) return fallback;
        if (!value.matches("(?s)" + pattern)) throw new Stop(2, "KOODRIVE_" + name + " must match " + pattern);
        return readable(value);
    }

    /** Java 17 decodes arguments and environment by the locale, and the signature of a mangled name would still fit. */
    static String readable(String value) {
        if (value.contains("\uFFFD")) throw new Stop(2, "Text came in mangled: set LC_ALL to a UTF-8 locale");
        return value;
    }

    // JSON: objects are maps, arrays are lists and every scalar is a string, so that no id passes through a double.
    static final Pattern JSON_TOKEN = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|[\\[\\]{},:]|[^\\s\\[\\]{},:\"]+");
    static final Pattern JSON_ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))");

    static Object parse(Iterator<String> tokens, String token) {
        switch (token.charAt(0)) {
            case '{':
                var map = new HashMap<String, Object>();
                for (var next = tokens.next(); !next.equals("}"); next = tokens.next()) {
                    var name = (String) parse(tokens, next.equals(",") ? tokens.next() : next);
                    if (!tokens.next().equals(":")) throw new IllegalArgumentException("a name without a value");
                    map.put(name, parse(tokens, tokens.next()));
                }
                return map;
            case '[':
                var list = new ArrayList<Object>();
                for (var next = tokens.next(); !next.equals("]"); next = tokens.next()) {
                    list.add(parse(tokens, next.equals(",") ? tokens.next() : next));
                }
                return list;
            case '"':
                return JSON_ESCAPE.matcher(token.substring(1, token.length() - 1)).replaceAll(escape -> {
                    int control = escape.group(2) == null ? -1 : "bfnrt".indexOf(escape.group(2));
                    return Matcher.quoteReplacement(escape.group(2) == null
                        ? Character.toString(Integer.parseInt(escape.group(1), 16))
                        : control < 0 ? escape.group(2) : "\b\f\n\r\t".substring(control, control + 1));
                });
            default:
                return token.equals("null") ? null : token;
        }
    }

    static String json(String text) {
        return text.chars().mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c
            : c < ' ' ? String.format("\\u%04x", c) : "" + (char) c).collect(Collectors.joining("", "\"", "\""));
    }

    static String field(Map<?, ?> object, String... names) {
        return Stream.of(names).map(object::get).filter(Objects::nonNull).map(Object::toString).findFirst().orElse("");
    }

    static List<Map<?, ?>> rows(Map<?, ?> object, String... names) {
        var list = Stream.of(names).<Object>map(object::get).filter(Objects::nonNull).findFirst().orElse(List.of());
        return ((List<?>) list).stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
    }

    /** RFC 3986; URLEncoder differs in three characters. Decoding first keeps %20 from becoming %2520. */
    static String encode(String raw) {
        var decoded = URLDecoder.decode(raw.replace("+", "%2B"), UTF_8);
        return URLEncoder.encode(decoded, UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    String authorization(String method, URI url, String host, String date, String body)
            throws GeneralSecurityException {
        var path = Stream.of(url.getRawPath().split("/")).map(Provision::encode).collect(Collectors.joining("/"));
        var query = Stream.of(Objects.requireNonNullElse(url.getRawQuery(), "").split("&"))
            .filter(pair -> !pair.isEmpty())
            .map(pair -> (pair + "=").split("=", 3))
            .map(pair -> List.of(encode(pair[0]), encode(pair[1])))
            .sorted(Comparator.<List<String>, String>comparing(pair -> pair.get(0)).thenComparing(pair -> pair.get(1)))
            .map(pair -> String.join("=", pair))
            .collect(Collectors.joining("&"));
        var canonicalRequest = String.join("\n",
            method.toUpperCase(Locale.ROOT),
            path + "/", // signed with a trailing slash, sent without
            query,
            "host:" + host.strip(),
            "x-date:" + date.strip(),
            "x-user-id:" + userId.strip(),
            "", // every header ends its own line and the block ends once more: an empty line
            SIGNED_HEADERS,
            sha256(body));
        // Two lines: the date line of the vendor's SDK-HMAC-SHA256 does not exist here.
        var stringToSign = "HMAC-SHA256\n" + sha256(canonicalRequest);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(appSecret.getBytes(UTF_8), "HmacSHA256"));
        var signature = HexFormat.of().formatHex(mac.doFinal(stringToSign.getBytes(UTF_8)));
        return "HMAC-SHA256 AppId=" + appId + ",SignedHeaders=" + SIGNED_HEADERS + ",Signature=" + signature;
    }

    /** Host as on the wire: without a default port. */
    static String host(URI url) {
        return url.getRawAuthority().replaceAll(url.getScheme().equals("https") ? ":443$" : ":80$", "");
    }

    /** What came back; status 0 is no answer at all, retryAfterMs -1 is no such header. */
    record Answer(int status, Map<?, ?> body, String date, String text, long retryAfterMs, boolean neverSent) {
        /** `code` is a number in the examples of the reference and a string in its tables. */
        boolean ok() {
            return status == 200 && field(body, "code").equals("0");
        }

        boolean mayPass() {
            return status == 0 || status == 429 || status >= 500 || status == 200 && body.isEmpty();
        }
    }

    Answer exchange(HttpRequest request) throws InterruptedException {
        HttpResponse<String> response;
        try { // the timeout of HttpRequest would end with the headers
            var reply = http.sendAsync(request, HttpResponse.BodyHandlers.ofString(UTF_8));
            response = reply.get(REQUEST_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (TimeoutException timeout) {
            return new Answer(0, Map.of(), "", "no answer: timeout", -1, false);
        } catch (ExecutionException failure) {
            var cause = failure.getCause();
            return new Answer(0, Map.of(), "", "no answer: " + cause, -1, cause instanceof ConnectException);
        }
        Map<?, ?> body = Map.of();
        try {
            var tokens = JSON_TOKEN.matcher(response.body()).results().map(MatchResult::group).iterator();
            if (parse(tokens, tokens.next()) instanceof Map<?, ?> map) body = map;
        } catch (NoSuchElementException | IllegalArgumentException | ClassCastException broken) {
            // stays empty, which is not a usable answer either
        }
        // A gateway in front names them error_code and error_msg.
        var said = "code " + field(body, "code", "error_code") + ": " + field(body, "msg", "error_msg");
        var headers = response.headers();
        var text = "HTTP " + response.statusCode() + ", " + (body.isEmpty() ? "not a JSON object" : said)
            + headers.firstValue("X-Mock-Diagnosis").map("\nX-Mock-Diagnosis: "::concat).orElse("");
        var throttled = response.statusCode() == 429 || response.statusCode() == 503;
        var retryAfter = headers.firstValue("Retry-After").filter(wait -> throttled && wait.matches("\\d{1,9}"));
        return new Answer(response.statusCode(), body, headers.firstValue("Date").orElse(""), text,
            retryAfter.map(wait -> 1000 * Long.parseLong(wait)).orElse(-1L), false);
    }

    /** One operation. A failure that may pass (throttled, 5xx, no answer) is retried where that is safe. */
    Map<?, ?> call(String method, String path, String body, boolean signed, Predicate<Answer> mayResend)
            throws InterruptedException, GeneralSecurityException, Lost {
        var url = URI.create(endpoint + BASE + path);
        boolean clockTaken = false, tokenRenewed = false;
        long wait = FIRST_WAIT_MS;
        for (int attempt = 1; ; ) {
            // Truncated: a date later than the service's now is refused.
            var sentAt = Instant.now().plus(clockOffset).truncatedTo(ChronoUnit.SECONDS);
            var request = HttpRequest.newBuilder(url).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (signed) {
                var date = X_DATE.format(sentAt);
                request.header("X-Date", date).header("X-User-Id", userId)
                    .header("Authorization", authorization(method, url, host(url), date, body));
            } else { // the pages print Bearer+T; a token that brings its own scheme is sent as it is
                request.header("Authorization", token.startsWith("Bearer") ? token : "Bearer+" + token);
            }
            var answer = exchange(request.build());
            if (answer.ok()) return answer.body();
            var failure = method + " " + path.split("\\?")[0] + ": " + answer.text();
            // The status page counts failed authentication under 400 too; Date tells whether the clock is to blame.
            var refused = List.of(400, 401, 403).contains(answer.status());
            if (signed && !clockTaken && refused && takeClock(answer, sentAt)) {
                clockTaken = true;
            } else if (!signed && !tokenRenewed && answer.status() == 401) {
                renewToken(failure);
                tokenRenewed = true;
            } else if (!answer.mayPass()) {
                throw new Stop(3, failure);
            } else if (!mayResend.test(answer)) {
                throw new Lost(failure);
            } else {
                long pause = Math.max(wait, answer.retryAfterMs());
                if (attempt == ATTEMPTS || Instant.now().plusMillis(pause).isAfter(deadline)) {
                    throw new Stop(3, failure + "\nGiven up at attempt " + attempt + ".");
                }
                Thread.sleep(pause);
                wait = longer(wait);
                attempt++;
            }
        }
    }

    /** A call that is safe to repeat. */
    Map<?, ?> read(String method, String path, String body, boolean signed) throws Exception {
        return call(method, path, body, signed, answer -> true);
    }

    static long longer(long wait) {
        return Math.min((long) (wait * GROWTH), LONGEST_WAIT_MS);
    }

    boolean takeClock(Answer answer, Instant sentAt) {
        try {
            var servedAt = ZonedDateTime.parse(answer.date(), RFC_1123_DATE_TIME).toInstant();
            long ahead = Duration.between(servedAt, sentAt).toSeconds();
            if (ahead <= 0 && ahead >= -5) return false;
            clockOffset = Duration.between(Instant.now(), servedAt);
            ERR.printf("our date was %+d s from the service's; signing with its clock from now on%n", ahead);
            return true;
        } catch (DateTimeParseException noDate) {
            return false;
        }
    }

    void renewToken(String failure) throws InterruptedException {
        try {
            var command = new ProcessBuilder("sh", "-c", setting("TOKEN_COMMAND", "exit 1", ".*"))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            token = new String(command.getInputStream().readAllBytes(), UTF_8).strip();
            if (command.waitFor() == 0 && !token.isEmpty()) return;
        } catch (IOException noShell) {
            ERR.println(noShell.getMessage());
        }
        throw new Stop(3, failure + "\nThe access token is not accepted; it lives 20 minutes. Set a fresh one in "
            + "KOODRIVE_ACCESS_TOKEN, or a command that prints one in KOODRIVE_TOKEN_COMMAND.");
    }

    record User(String firstname, String surname, String phone) {
        String toJson() {
            var middle = surname.isEmpty() ? "" : ",\"surname\":" + json(surname);
            return "{\"firstname\":" + json(firstname) + middle + ",\"phone\":" + json(phone) + "}";
        }
    }

    /** The reason why a row would fail, or "", row by row. */
    List<String> preverify(int count) throws Exception {
        var row = "{\"targetDeptName\":\"Dept\",\"personalCapacity\":10,\"isAllocateCapacity\":true}";
        var rows = String.join(",", Collections.nCopies(count, row));
        var body = "{\"curDeptId\":" + deptId + ",\"users\":[" + rows + "]}"; // beyond 2^53: stays text
        var results = rows(read("POST", "/users/batchimport/preverify", body, false), "data");
        if (results.size() != count) {
            throw new Stop(3, "preverify: " + count + " rows sent, " + results.size() + " results");
        }
        // isSuccess is 0 in the page's only example and explained nowhere: a failed row is known by its reason.
        return results.stream().map(result -> field(result, "reason")).toList();
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
        Predicate<Answer> turnedAway =
            answer -> answer.neverSent() || answer.status() == 429 || answer.retryAfterMs() >= 0;
        for (boolean resubmitted = false; ; resubmitted = true) {
            try {
                var taskId = field(call("POST", "/user/batchRegister/create", body, true, turnedAway), "data");
                if (taskId.isEmpty()) throw new NoSuchElementException("create: no task id");
                return new Task(taskId, resubmitted);
            } catch (Lost lost) {
                var story = lost.getMessage() + "\nThe task may exist or not. ";
                if (resubmitted) throw new Stop(3, story + "Run this again later.");
                ERR.println(story + "Submitting again: the service skips users that exist.");
                Thread.sleep(1000);
            }
        }
    }

    Map<?, ?> query(String taskId, String cursor, int pageSize) throws Exception {
        var parameters = "?taskId=" + encode(taskId) + "&cursor=" + encode(cursor) + "&pageSize=" + pageSize;
        return (Map<?, ?>) read("GET", "/user/batchRegister/get" + parameters, "", true).get("data");
    }

    void waitUntilDone(String taskId) throws Exception {
        var shown = "";
        for (long wait = FIRST_WAIT_MS; ; wait = longer(wait)) {
            var info = (Map<?, ?>) query(taskId, "0", 1).get("taskInfo");
            int good = Integer.parseInt(field(info, "successCount"));
            int skipped = Integer.parseInt(field(info, "skipCount")), bad = Integer.parseInt(field(info, "failCount"));
            var counts = String.format("(provisioned %d, skipped %d, failed %d)", good, skipped, bad);
            if (!counts.equals(shown)) {
                ERR.printf("task %s: %d of %s %s%n", taskId, good + skipped + bad, field(info, "totalCount"), counts);
            }
            shown = counts;
            if (List.of("2", "3").contains(field(info, "status"))) return; // done, failed
            if (Instant.now().plusMillis(wait).isAfter(deadline)) {
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
            if (!seen.add(cursor)) throw new Stop(3, "task " + taskId + ": cursor " + cursor + " came twice");
            var page = query(taskId, cursor, 100);
            for (var row : rows(page, "registerList")) {
                rows.computeIfAbsent(field(row, "phone"), phone -> new ArrayDeque<>()).add(row);
            }
            cursor = field(page, "nextPageCursor", "nextCursor"); // the reference uses both names
        }
        return rows;
    }

    /** Ids of all users. Users may arrive meanwhile: rows shift and repeat, and `total` grows. */
    Set<String> listedIds() throws Exception {
        var ids = new HashSet<String>();
        for (int offset = 0; ; ) {
            var page = read("GET", "/userList?offset=" + offset + "&limit=100", "", false);
            var users = rows(page, "list", "data"); // the example says list, the table says data
            // The reference shows an organisation account as `userId` and KooDrive's own id as `id`: either may match.
            for (var user : users) ids.addAll(List.of(field(user, "userId"), field(user, "id")));
            offset += users.size();
            var total = field(page, "total");
            boolean last = total.isEmpty() ? users.size() < 100 : offset >= Integer.parseInt(total);
            if (last || users.isEmpty()) return ids;
        }
    }

    static String outcome(Map<?, ?> row, boolean resubmitted) {
        if (row.isEmpty()) return "not processed";
        String code = field(row, "code"), reason = field(row, "reason"), userId = field(row, "userId");
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
            lines.add(new Line(user.phone(), outcome(row, task.resubmitted()), field(row, "userId")));
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
            var host = setting("HOST_HEADER", host(url), ".*");
            var date = setting("X_DATE", X_DATE.format(Instant.now()), ".*");
            var body = arguments.length > 3 ? readable(arguments[3]) : "";
            OUT.println(authorization(arguments[1], url, host, date, body));
            return 0;
        }
        var users = new ArrayList<User>();
        for (var argument : arguments.length > 0 ? arguments : DEFAULT_USERS) {
            var names = readable(argument).split(":", -1);
            if (names.length < 2 || names.length > 3 || List.of(names).contains("")) {
                throw new Stop(2, argument + " is neither FIRSTNAME:PHONE nor FIRSTNAME:SURNAME:PHONE");
            }
            users.add(new User(names[0], names.length > 2 ? names[1] : "", names[names.length - 1]));
        }
        if (users.size() > 1000) throw new Stop(2, "a batch takes 1000 users at most");
        return provision(users);
    }

    public static void main(String[] arguments) throws Exception {
        try {
            System.exit(new Provision().run(arguments));
        } catch (Stop stop) {
            ERR.println(stop.exitCode == 2 ? stop.getMessage() + "\n" + USAGE : stop.getMessage());
            System.exit(stop.exitCode);
        } catch (ClassCastException | NullPointerException | NoSuchElementException | NumberFormatException broken) {
            ERR.println("The service answered something the reference does not allow: " + broken.getMessage());
            System.exit(3);
        }
    }
}
