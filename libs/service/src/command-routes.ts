import type { INestApplication, NestInterceptor, Type } from '@nestjs/common';
import { RequestMethod } from '@nestjs/common';
import { INTERCEPTORS_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { CommandInterceptor } from './command.interceptor.js';
import { notACommand } from './command.js';

declare module 'fastify' {
  interface FastifyInstance {
    commands: CommandInterceptor;
  }
}

const safeMethods = new Set([RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS]);

/** Handlers belong to classes, which several services of one process share: who runs the command is asked of the server. */
const door: NestInterceptor = {
  intercept: (context, next) =>
    context.switchToHttp().getRequest<FastifyRequest>().server.commands.intercept(context, next),
};

/**
 * Puts the command interceptor before every route that changes state and says nothing else (docs/adr/0002). Not a global
 * one: the observables around an interceptor cost a read about as much as all other middleware together.
 */
export function interceptCommands(app: INestApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const commands: CommandInterceptor = app.get(CommandInterceptor);
  fastify.decorate('commands', commands);
  for (const { controllers } of app.get(ModulesContainer).values())
    for (const { metatype } of controllers.values())
      handlersOf(metatype as Type)
        .filter(isCommand)
        .forEach(addDoor);
}

/** All methods of a controller, inherited ones included: Nest serves those as well. */
function handlersOf({ prototype }: Type): object[] {
  const handlers: object[] = [];
  for (let level = prototype; level && level !== Object.prototype; level = Object.getPrototypeOf(level))
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(level)))
      if (typeof value === 'function') handlers.push(value);
  return handlers;
}

function isCommand(handler: object): boolean {
  const method: RequestMethod | undefined = Reflect.getMetadata(METHOD_METADATA, handler);
  return method !== undefined && !safeMethods.has(method) && !Reflect.hasMetadata(notACommand, handler);
}

function addDoor(handler: object): void {
  const others: unknown[] = Reflect.getMetadata(INTERCEPTORS_METADATA, handler) ?? [];
  if (!others.includes(door)) Reflect.defineMetadata(INTERCEPTORS_METADATA, [door, ...others], handler);
}
