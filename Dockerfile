FROM node:24-alpine AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json tsconfig.client.json ./
COPY scripts ./scripts
COPY types ./types
COPY src ./src
RUN node scripts/build.mjs && node dist/cli/main.js openapi --out openapi.json

FROM node:24-alpine
WORKDIR /app
COPY --from=build /app/package.json /app/openapi.json ./
COPY --from=build /app/dist ./dist
ENV NODE_ENV=production KOODRIVE_MOCK_HOST=0.0.0.0
USER node
EXPOSE 4010
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/app/dist/cli/main.js", "healthcheck"]
ENTRYPOINT ["/app/dist/cli/main.js"]
