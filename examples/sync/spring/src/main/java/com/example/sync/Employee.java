package com.example.sync;

/** A line of the file. */
record Employee(String firstname, String surname, String phone, String department) {}
