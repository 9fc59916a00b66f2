# The build runs on the machine's own architecture: what it makes is JavaScript, the same on every other one.
FROM --platform=$BUILDPLATFORM node:24-alpine AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json tsconfig.client.json ./
COPY scripts ./scripts
COPY types ./types
COPY src ./src
RUN node scripts/build.mjs && node dist/cli/main.js openapi --out openapi.json && node scripts/image-packages.mjs image

FROM node:24-alpine
# Who made this image of what: `node scripts/release.mjs image TAG NAME` names all of them.
ARG VERSION=dev REVISION=unknown CREATED=1970-01-01T00:00:00Z SOURCE=unknown
LABEL org.opencontainers.image.title="koodrive-mock" \
      org.opencontainers.image.description="A mock of the KooDrive enterprise API that explains wrong signatures, and a contract kit" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.created=$CREATED \
      org.opencontainers.image.source=$SOURCE
WORKDIR /app
COPY --from=build /app/package.json /app/openapi.json ./
COPY --from=build /app/dist ./dist
# What --store needs: pg and @electric-sql/pglite.
COPY --from=build /app/image ./
ENV NODE_ENV=production KOODRIVE_MOCK_HOST=0.0.0.0
USER node
EXPOSE 4010
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/app/dist/cli/main.js", "healthcheck"]
ENTRYPOINT ["/app/dist/cli/main.js"]
