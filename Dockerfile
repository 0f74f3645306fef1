# One image for every process: APP=standalone runs the whole house, APP=identity (ingestion, credit, …) one service alone.
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
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/serve.mjs"]
