import { logLevel } from '@app/config';
import { LoggerModule } from 'nestjs-pino';

import { correlationId } from './correlation.js';

/** Structured log of one service. Secrets and bodies never reach it; personal data does not belong into messages. */
export const loggerOf = (service: string) =>
  LoggerModule.forRoot({
    pinoHttp: {
      name: service,
      level: logLevel(),
      autoLogging: false,
      redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
      mixin: () => ({ correlationId: correlationId() }),
      serializers: {
        req: (request: { id: string; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          url: request.url.split('?')[0],
        }),
      },
    },
  });
