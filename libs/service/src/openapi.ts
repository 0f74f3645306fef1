import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

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
  return SwaggerModule.createDocument(app, config);
}
