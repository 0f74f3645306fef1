import { logLevel } from '@app/config';
import { LoggerModule } from 'nestjs-pino';

import { workContext } from './correlation.js';

/** What is kept out: proofs of who calls, and the values that a statement failed with, as PostgreSQL repeats them. */
export const withheld = [
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  ...['err', 'err.driverError'].flatMap((error) => [`${error}.parameters`, `${error}.detail`, `${error}.where`]),
];

/**
 * Structured log. Several services of one process share the log of the first: `service` tells which one was at work.
 * Secrets and bodies never reach it; personal data does not belong into messages.
 */
export const logModule = () =>
  LoggerModule.forRoot({
    // No middleware: nothing is logged per request, so a child logger for each would be pure cost.
    forRoutes: [],
    pinoHttp: {
      name: 'xinqiao',
      level: logLevel(),
      autoLogging: false,
      redact: withheld,
      mixin: workContext,
      serializers: {
        req: (request: { id: string; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          url: request.url.split('?')[0],
        }),
      },
    },
  });
