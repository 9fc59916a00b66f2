package com.example.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The app signature of KooDrive: HMAC-SHA256 over a canonical request. */
class RequestSigner {
    private static final String SIGNED_HEADERS = "host;x-date;x-user-id";
    private static final DateTimeFormatter X_DATE =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final KooDriveProperties properties;
    private final Clock clock;

    RequestSigner(KooDriveProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** Headers to send; the body must go out as exactly these bytes, and the query as it stands in the address. */
    Map<String, String> sign(String method, URI address, byte[] body) {
        var date = X_DATE.format(clock.instant());
        var canonical = String.join("\n",
            method,
            address.getRawPath() + "/", // signed with a slash at its end, sent without
            canonicalQuery(address.getRawQuery()),
            "host:" + address.getAuthority(), // with a port, unless it is the usual one
            "x-date:" + date,
            "x-user-id:" + properties.userId(),
            "",
            SIGNED_HEADERS,
            sha256(body));
        var signature = hmac("HMAC-SHA256\n" + sha256(canonical.getBytes(UTF_8)));
        return Map.of(
            "X-Date", date,
            "X-User-Id", properties.userId(),
            "Authorization", "HMAC-SHA256 AppId=" + properties.appId()
                + ",SignedHeaders=" + SIGNED_HEADERS + ",Signature=" + signature);
    }

    /** A value as RFC 3986 encodes it; URLEncoder differs in three characters. */
    static String encode(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static String canonicalQuery(String query) {
        return query == null ? "" : Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&"));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String hmac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(properties.appSecret().getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
