import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

import { exemptExtension } from './command.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Serves a service's own contract: `/api/<service>/openapi.json`, readable at `/api/<service>/docs`. */
export function documentRoutes(service: string, app: NestFastifyApplication): void {
  SwaggerModule.setup(`api/${service}/docs`, app, () => openApiOf(service, app), {
    jsonDocumentUrl: `api/${service}/openapi.json`,
  });
}

/** The OpenAPI document. Field metadata comes from the tsc build only: under swc the schemas are empty. */
export function openApiOf(service: string, app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle(`Xinqiao ${service}`)
    .setVersion('1')
    .addBearerAuth()
    .addCookieAuth('access')
    .build();
  return withHouseRules(SwaggerModule.createDocument(app, config));
}

/** What holds for every route and no controller repeats: refusals are problems, commands carry an Idempotency-Key. */
function withHouseRules(document: OpenAPIObject): OpenAPIObject {
  const components = (document.components ??= {});
  components.schemas = { ...components.schemas, Problem: problemSchema };
  components.responses = { ...components.responses, Problem: problemResponse };
  for (const path of Object.values(document.paths))
    for (const method of methods) {
      const operation = path[method];
      if (operation) addRules(operation, method !== 'get');
    }
  return document;
}

function addRules(operation: Operation & { [exemptExtension]?: boolean }, unsafe: boolean): void {
  const refusal = { $ref: '#/components/responses/Problem' };
  operation.responses = { ...operation.responses, '4XX': refusal, '5XX': refusal };
  if (unsafe && !operation[exemptExtension]) operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
  delete operation[exemptExtension];
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  // The server insists; generated clients add it in one place instead of at every call.
  required: false,
  description: 'Needed: 400 without it. The same key with the same body gets the stored answer, with another body 422.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

const text = { type: 'string' };
const problemSchema = {
  type: 'object',
  description: 'Why a request was refused (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: { ...text, description: 'Stable, one per code.' },
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: { ...text, description: 'Stable, such as MARKETPLACE.NEED_FULL.' },
    instance: text,
    requestId: text,
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: {
          pointer: { ...text, description: 'A JSON pointer, or / and the name of a header or query field.' },
          detail: text,
        },
      },
    },
  },
};
const problemResponse = {
  description: 'Refused.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
