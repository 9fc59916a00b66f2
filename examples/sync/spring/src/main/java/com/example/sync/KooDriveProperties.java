package com.example.sync;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where KooDrive is, and as whom it is called. */
@ConfigurationProperties("koodrive")
record KooDriveProperties(
    String endpoint, String appId, String appSecret, String userId, String accessToken, long deptId, int gigabytes) {}
