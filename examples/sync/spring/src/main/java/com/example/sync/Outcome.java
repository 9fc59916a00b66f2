package com.example.sync;

/** What became of an employee. */
record Outcome(String phone, Kind kind, String userId, String code, String reason) {
    /** Somebody who exists has a user already; nobody knows what became of an unknown one, and a further run is safe. */
    enum Kind { CREATED, EXISTING, FAILED, UNKNOWN }

    boolean isSettled() {
        return kind == Kind.CREATED || kind == Kind.EXISTING;
    }
}
