package com.example.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** Employees, the state between runs and the report: all are CSV in UTF-8. */
class SyncFiles {
    private static final String[] COLUMNS = {"phone", "outcome", "userId", "code", "reason"};
    private static final CSVFormat WITH_HEADER =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).setRecordSeparator('\n').get();

    /** @throws IllegalArgumentException that names the line, when a name or a phone is missing, or the wrong encoding */
    static List<Employee> readEmployees(Path file) {
        return read(file, WITH_HEADER).stream().map(record -> new Employee(
            required(file, record, "firstname"), optional(record, "surname"),
            required(file, record, "phone"), optional(record, "department"))).toList();
    }

    /** What became of each phone so far, the last word of a phone. */
    static Map<String, Outcome> readState(Path file) {
        var done = new LinkedHashMap<String, Outcome>();
        if (!java.nio.file.Files.exists(file)) return done;
        for (var row : read(file, CSVFormat.DEFAULT)) {
            done.put(row.get(0), new Outcome(
                row.get(0), Outcome.Kind.valueOf(row.get(1)), row.get(2), row.get(3), row.get(4)));
        }
        return done;
    }

    static void appendState(Path file, Collection<Outcome> outcomes) {
        write(file, CSVFormat.DEFAULT, outcomes, CREATE, APPEND);
    }

    static void writeReport(Path file, Collection<Outcome> outcomes) {
        write(file, CSVFormat.DEFAULT.builder().setHeader(COLUMNS).get(), outcomes);
    }

    private static List<CSVRecord> read(Path file, CSVFormat format) {
        try (var parser = format.parse(new java.io.StringReader(
                java.nio.file.Files.readString(file, UTF_8).replaceFirst("^\uFEFF", "")))) {
            return parser.getRecords();
        } catch (CharacterCodingException cause) {
            // What a spreadsheet saves as plain CSV may be in GBK or Latin-1.
            throw new IllegalArgumentException(file + " is not encoded in UTF-8: save it as \"CSV UTF-8\"", cause);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static void write(
            Path file, CSVFormat format, Collection<Outcome> outcomes, java.nio.file.OpenOption... options) {
        try (var printer = new CSVPrinter(java.nio.file.Files.newBufferedWriter(file, UTF_8, options), format)) {
            for (var one : outcomes) printer.printRecord(one.phone(), one.kind(), one.userId(), one.code(), one.reason());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static String required(Path file, CSVRecord record, String column) {
        var value = optional(record, column);
        if (!value.isEmpty()) return value;
        throw new IllegalArgumentException(file + ":" + (record.getRecordNumber() + 1) + ": " + column + " is missing");
    }

    private static String optional(CSVRecord record, String column) {
        return record.isMapped(column) && record.isSet(column) ? record.get(column) : "";
    }
}
