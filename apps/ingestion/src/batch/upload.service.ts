import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import type { Viewer } from '@app/auth';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Charset, FileForm } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { charsetOf } from '../file/charset.driver.js';
import { batchBytesMax } from '../ingestion.config.js';
import { BatchTooLarge, DeliveryCut, ReferenceMissing, ReferenceReserved, UnsupportedForm } from './batch.error.js';
import { Intake, type Taken } from './intake.service.js';
import { encodingOf, formOf, isOwnReference, mediaTypes, referenceOf } from './upload.rules.js';

/** What a delivery says of itself before it comes. */
export interface Heading {
  form: FileForm;
  charset: Charset | null;
  reference: string;
}

/** Deliveries by HTTP. */
@Injectable()
export class Upload implements OnModuleInit {
  /** Beside the request and not in it: what walks over bodies must not walk over a stream. */
  private readonly bodies = new WeakMap<FastifyRequest, Readable>();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly contracts: Contracts,
    private readonly intake: Intake,
  ) {}

  /** Teaches the server to hand delivery bodies on as they come, and to refuse before it reads. */
  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser(mediaTypes, (request, payload, done) => {
      this.bodies.set(request, payload);
      done(null);
    });
    fastify.addHook('onRequest', async (request) => {
      if (isDelivery(request)) this.refuseEarly(request);
    });
  }

  async take(viewer: Viewer, feed: string, request: FastifyRequest): Promise<Taken> {
    this.contracts.usedBy(viewer, feed);
    const delivery = { feed, origin: 'UPLOAD' as const, deliveredBy: viewer.personId, ...headingOf(request) };
    const body = this.bodies.get(request);
    if (!body) throw new UnsupportedForm();
    return this.intake.take(delivery, unpackedBody(body, request), async () => expectListener(request));
  }

  private refuseEarly(request: FastifyRequest): void {
    const { feed } = request.params as { feed: string };
    this.contracts.usedBy(request.viewer!, feed);
    headingOf(request);
    const bytesMax = batchBytesMax();
    if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw new BatchTooLarge(bytesMax);
  }
}

/**
 * Who sent more than was announced was hung up on: what was announced may be the half of a file, and who is told of an
 * error must be able to believe that nothing was taken.
 */
function expectListener({ raw }: FastifyRequest): void {
  if (raw.socket.destroyed) throw new DeliveryCut();
}

/** gzip on the wire is undone on the way to disk: the batch, its size and its hash are those of the file itself. */
function unpackedBody(body: Readable, request: FastifyRequest): Readable {
  const packed = encodingOf(request.headers['content-encoding']) === 'gzip';
  return packed ? Readable.from(gunzipped(body), { objectMode: false }) : body;
}

/** Begins when it is read and not before: a fault that nobody listened for yet would end the process. */
async function* gunzipped(body: Readable): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  body.on('aborted', () => gunzip.destroy(new DeliveryCut()));
  gunzip.on('close', () => body.resume());
  const bytesMax = batchBytesMax();
  let bytes = 0;
  for await (const chunk of body.pipe(gunzip)) {
    bytes += (chunk as Buffer).length;
    // A few megabytes may unpack to as many gigabytes: what is left of them is let run out packed.
    if (bytes > bytesMax) throw new BatchTooLarge(bytesMax);
    yield chunk as Buffer;
  }
}

const isDelivery = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'POST' && routeOptions.url?.endsWith('/feeds/:feed/batches') === true;

/** @throws UnsupportedForm, ReferenceMissing, ReferenceReserved */
function headingOf({ headers, params }: FastifyRequest): Heading {
  if (encodingOf(headers['content-encoding']) === undefined) throw new UnsupportedForm();
  const { feed } = params as { feed: string };
  return announcedHeading(feed, headers['content-type'], headers['batch-reference']);
}

/** @throws UnsupportedForm, ReferenceMissing, ReferenceReserved */
export function announcedHeading(
  feed: string,
  type: string | undefined,
  referenceHeader: string | string[] | undefined,
): Heading {
  const media = formOf(type);
  if (!media) throw new UnsupportedForm();
  const charset = media.charset === null ? null : charsetOf(media.charset);
  if (charset === undefined) throw new UnsupportedForm();
  const reference = referenceOf(referenceHeader);
  if (reference === undefined) throw new ReferenceMissing();
  if (isOwnReference(feed, reference)) throw new ReferenceReserved();
  return { form: media.form, charset: charset ?? (media.form === 'NDJSON' ? 'utf-8' : null), reference };
}
