// A client of KooDrive: signs, sends, repeats what is safe to repeat. Java 17 or later, standard library only.
// Settings: ../README.md

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
import java.util.stream.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class KooDrive {
    static final String BASE = "/koodrive/ose/v1", SIGNED_HEADERS = "host;x-date;x-user-id";
    static final int ATTEMPTS = 8, REQUEST_TIMEOUT_S = 30;
    static final long FIRST_WAIT_MS = 200, LONGEST_WAIT_MS = 5_000;
    static final double GROWTH = 1.5;
    static final DateTimeFormatter X_DATE =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    // Java 17 would print in the charset of the locale.
    static final PrintStream ERR = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);

    final Map<String, String> settings;
    final String endpoint, appId, appSecret, userId, deptId;
    final Instant deadline;
    String token;
    Duration clockOffset = Duration.ZERO; // the service's clock minus ours
    // HTTP/2 would try to upgrade. Redirects are not followed by default: good, a signature covers one path only.
    final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The service, as the settings describe it: `System.getenv()`, or others. */
    KooDrive(Map<String, String> settings) {
        this.settings = settings;
        endpoint = setting("ENDPOINT", "http://127.0.0.1:4010", "https?://[^/?#@]+[^?#]*").replaceAll("/+$", "");
        appId = setting("APP_ID", "0123456789abcdef".repeat(4), ".*");
        appSecret = setting("APP_SECRET", "koodrive-mock-app-secret", ".*");
        userId = setting("USER_ID", "1505084218764547200", ".*");
        token = setting("ACCESS_TOKEN", "mock-admin-token", ".*");
        deptId = setting("DEPT_ID", "1575416580416769793", "[1-9]\\d{0,18}");
        deadline = Instant.now().plusSeconds(Long.parseLong(setting("DEADLINE", "600", "\\d{1,6}")));
    }

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

    String setting(String name, String fallback, String pattern) {
        var value = settings.getOrDefault("KOODRIVE_" + name, "");
        if (value.isEmpty()) return fallback;
        if (!value.matches("(?s)" + pattern)) throw new Stop(2, "KOODRIVE_" + name + " must match " + pattern);
        return readable(value);
    }

    /** Java 17 decodes arguments and environment by the locale, and the signature of a mangled name would still fit. */
    static String readable(String value) {
        if (value.contains("\uFFFD")) throw new Stop(2, "Text came in mangled: set LC_ALL to a UTF-8 locale");
        return value;
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
        var path = Stream.of(url.getRawPath().split("/")).map(KooDrive::encode).collect(Collectors.joining("/"));
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
    record Answer(int status, Map<?, ?> body, String date, String location, String text, long retryAfterMs,
            boolean neverSent) {
        /** `code` is a number in the examples of the reference and a string in its tables. */
        boolean ok() {
            return status == 200 && Json.text(body, "code").equals("0");
        }

        /** Whether it was turned away before it took effect: then it is safe to send it again, whatever it does. */
        boolean turnedAway() {
            return neverSent || status == 429 || retryAfterMs >= 0;
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
            return new Answer(0, Map.of(), "", "", "no answer: timeout", -1, false);
        } catch (ExecutionException failure) {
            var cause = failure.getCause();
            return new Answer(0, Map.of(), "", "", "no answer: " + cause, -1, cause instanceof ConnectException);
        }
        Map<?, ?> body = Map.of();
        try {
            if (Json.parse(response.body()) instanceof Map<?, ?> map) body = map;
        } catch (NoSuchElementException | IllegalArgumentException | ClassCastException broken) {
            // stays empty, which is not a usable answer either
        }
        // A gateway in front names them error_code and error_msg.
        var said = "code " + Json.text(body, "code", "error_code") + ": " + Json.text(body, "msg", "error_msg");
        var headers = response.headers();
        var text = "HTTP " + response.statusCode() + ", " + (body.isEmpty() ? "not a JSON object" : said)
            + headers.firstValue("X-Mock-Diagnosis").map("\nX-Mock-Diagnosis: "::concat).orElse("");
        var throttled = response.statusCode() == 429 || response.statusCode() == 503;
        var retryAfter = headers.firstValue("Retry-After").filter(wait -> throttled && wait.matches("\\d{1,9}"));
        return new Answer(response.statusCode(), body, headers.firstValue("Date").orElse(""),
            headers.firstValue("Location").orElse(""), text,
            retryAfter.map(wait -> 1000 * Long.parseLong(wait)).orElse(-1L), false);
    }

    /** How a caller proves who it is. */
    enum Proof { TOKEN, SIGNATURE, NONE }

    /** One operation. A failure that may pass (throttled, 5xx, no answer) is retried where that is safe. */
    Map<?, ?> call(String method, String path, String body, Proof proof, Predicate<Answer> mayResend)
            throws InterruptedException, GeneralSecurityException, Lost {
        var url = URI.create(endpoint + BASE + path);
        boolean signed = proof == Proof.SIGNATURE, clockTaken = false, tokenRenewed = false;
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
            } else if (proof == Proof.TOKEN) { // the pages print Bearer+T; a token that brings its own scheme is sent as it is
                request.header("Authorization", token.startsWith("Bearer") ? token : "Bearer+" + token);
            }
            var answer = exchange(request.build());
            if (answer.ok()) return answer.body();
            var failure = method + " " + path.split("\\?")[0] + ": " + answer.text();
            // The status page counts failed authentication under 400 too; Date tells whether the clock is to blame.
            var refused = List.of(400, 401, 403).contains(answer.status());
            if (signed && !clockTaken && refused && takeClock(answer, sentAt)) {
                clockTaken = true;
            } else if (proof == Proof.TOKEN && !tokenRenewed && answer.status() == 401) {
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
        return call(method, path, body, signed ? Proof.SIGNATURE : Proof.TOKEN, answer -> true);
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
}
