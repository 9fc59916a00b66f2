import java.util.*;
import java.util.regex.*;
import java.util.stream.*;

/** JSON: objects are maps, arrays are lists and every scalar is a string, so that no id passes through a double. */
class Json {
    private static final Pattern TOKEN =
        Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|[\\[\\]{},:]|[^\\s\\[\\]{},:\"]+");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))");

    /** @throws RuntimeException if the text is not JSON */
    static Object parse(String text) {
        var tokens = TOKEN.matcher(text).results().map(MatchResult::group).iterator();
        return parse(tokens, tokens.next());
    }

    private static Object parse(Iterator<String> tokens, String token) {
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
                return ESCAPE.matcher(token.substring(1, token.length() - 1)).replaceAll(escape -> {
                    int control = escape.group(2) == null ? -1 : "bfnrt".indexOf(escape.group(2));
                    return Matcher.quoteReplacement(escape.group(2) == null
                        ? Character.toString(Integer.parseInt(escape.group(1), 16))
                        : control < 0 ? escape.group(2) : "\b\f\n\r\t".substring(control, control + 1));
                });
            default:
                return token.equals("null") ? null : token;
        }
    }

    static String quote(String text) {
        return text.chars().mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c
            : c < ' ' ? String.format("\\u%04x", c) : "" + (char) c).collect(Collectors.joining("", "\"", "\""));
    }

    /** The first of these fields that is there, or "". */
    static String text(Map<?, ?> object, String... names) {
        return Stream.of(names).map(object::get).filter(Objects::nonNull).map(Object::toString).findFirst().orElse("");
    }

    /** The first of these lists that is there, or none. */
    static List<Map<?, ?>> rows(Map<?, ?> object, String... names) {
        var list = Stream.of(names).<Object>map(object::get).filter(Objects::nonNull).findFirst().orElse(List.of());
        return ((List<?>) list).stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
    }
}
