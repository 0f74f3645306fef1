// The same answer from Nest and Fastify as they come.
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

import { answering } from '../processes.mjs';

class NoopController {
  noop() {
    return { ok: true };
  }
}
Controller('noop')(NoopController);
Get()(NoopController.prototype, 'noop', Object.getOwnPropertyDescriptor(NoopController.prototype, 'noop'));

class BareModule {}
Module({ controllers: [NoopController] })(BareModule);

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
answering({ url: `${await app.getUrl()}/noop` }, {});
