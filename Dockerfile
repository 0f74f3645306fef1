# One image for every process, which APP names at build or at start: `standalone` runs the whole house, `identity`
# (ingestion, credit, …) one service alone, `front` the portal before them, `migrate` brings the schemas up to date.
FROM node:24-bookworm-slim AS build
WORKDIR /xinqiao
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs && npm prune --omit=dev

FROM node:24-bookworm-slim
ARG APP=standalone
ENV NODE_ENV=production APP=${APP} HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
WORKDIR /xinqiao
COPY --from=build /xinqiao/package.json ./
COPY --from=build /xinqiao/node_modules ./node_modules
COPY --from=build /xinqiao/dist ./dist
COPY --from=build /xinqiao/apps/web/dist ./apps/web/dist
COPY --from=build /xinqiao/infra ./infra
COPY --from=build /xinqiao/scripts ./scripts
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["node", "scripts/healthcheck.mjs"]
CMD ["node", "scripts/serve.mjs"]
