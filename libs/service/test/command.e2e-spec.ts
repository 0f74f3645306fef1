import { randomUUID } from 'node:crypto';

import { Allow, Public } from '@app/auth';
import type { DatabaseParts } from '@app/database';
import { AppError } from '@app/kernel';
import { Body, Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { type Command, CurrentCommand, IsPlainText, ServiceModule, type TracedRefusal } from '../src/index.js';

/** A trial service on the schema of supervision, which has the idempotency table like every service. */
const parts: DatabaseParts = { service: 'supervision', entities: [], migrations: [] };

class NoteRequest {
  @IsPlainText(1, 50)
  text: string;
}

class Refused extends AppError implements TracedRefusal {
  override readonly code = 'TRIAL.REFUSED';
  constructor() {
    super('forbidden', 'not this one');
  }
  async trace(tx: EntityManager): Promise<void> {
    await tx.query(`insert into trial_note (text) values ('refused')`);
  }
}

let hold: Promise<void> = Promise.resolve();

@Controller('notes')
class NoteController {
  @Allow('operator')
  @Post()
  async add(@CurrentCommand() { tx }: Command, @Body() { text }: NoteRequest): Promise<{ id: string; text: string }> {
    await hold;
    const [row] = await tx.query('insert into trial_note (text) values ($1) returning id', [text]);
    if (text === 'explode') throw new Error('after the insert');
    if (text === 'refuse') throw new Refused();
    return { id: row.id, text };
  }

  @Allow('operator')
  @HttpCode(200)
  @Post('silence')
  async silence(@CurrentCommand() { tx }: Command): Promise<void> {
    await tx.query(`insert into trial_note (text) values ('silence')`);
  }

  @Public()
  @Get()
  list(): string[] {
    return [];
  }
}

@Module({ imports: [ServiceModule.of(parts)], controllers: [NoteController] })
class TrialModule {}

describe('a command', () => {
  let service: TestService;
  const notes = async () =>
    (await service.db.query<{ text: string }>('select text from supervision.trial_note order by id')).map(
      (n) => n.text,
    );

  beforeAll(async () => {
    service = await startService(parts, TrialModule);
    await service.db.query(
      `create table supervision.trial_note (id bigint generated always as identity, text text);
       grant all on supervision.trial_note to supervision`,
    );
  });
  beforeEach(() => service.db.query('truncate supervision.trial_note'));
  afterAll(() => service.stop());

  it('needs a key', async () => {
    const operator = await service.as('operator');
    const answer = await operator.post('/api/supervision/notes', { text: 'a' }, { 'idempotency-key': '' });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('IDEMPOTENCY.KEY_MISSING');
  });

  it('acts once for one key, and answers the same', async () => {
    const operator = await service.as('operator');
    const key = { 'idempotency-key': randomUUID() };
    const first = await operator.post('/api/supervision/notes', { text: 'a' }, key);
    const again = await operator.post('/api/supervision/notes', { text: 'a' }, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await notes()).toEqual(['a']);
  });

  it('refuses the key for another body, and takes it from another person', async () => {
    const operator = await service.as('operator');
    const other = await service.as('operator');
    const key = { 'idempotency-key': randomUUID() };
    await operator.post('/api/supervision/notes', { text: 'a' }, key);
    const altered = await operator.post('/api/supervision/notes', { text: 'b' }, key);
    expect([altered.status, altered.body.code]).toEqual([422, 'IDEMPOTENCY.KEY_REUSED']);
    expect((await other.post('/api/supervision/notes', { text: 'b' }, key)).status).toBe(201);
    expect(await notes()).toEqual(['a', 'b']);
  });

  it('says so while the same request is still being worked on', async () => {
    const operator = await service.as('operator');
    const key = { 'idempotency-key': randomUUID() };
    const held = Promise.withResolvers<void>();
    hold = held.promise;
    // Which of the two comes first is chance: one is worked on, the other is told so.
    const both = [1, 2].map(() => operator.post('/api/supervision/notes', { text: 'slow' }, key));
    expect((await Promise.race(both)).body.code).toBe('IDEMPOTENCY.IN_PROGRESS');
    held.resolve();
    hold = Promise.resolve();
    expect((await Promise.all(both)).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(await notes()).toEqual(['slow']);
  });

  it('leaves nothing behind when it fails, and may be tried again with its key', async () => {
    const operator = await service.as('operator');
    const key = { 'idempotency-key': randomUUID() };
    const failed = await operator.post('/api/supervision/notes', { text: 'explode' }, key);
    expect([failed.status, failed.body.code]).toEqual([500, 'INTERNAL']);
    expect(failed.body.detail).not.toContain('after the insert');
    expect(await notes()).toEqual([]);
    expect((await operator.post('/api/supervision/notes', { text: 'b' }, key)).status).toBe(201);
  });

  it('keeps the trace of a refusal and nothing else', async () => {
    const operator = await service.as('operator');
    const refused = await operator.post('/api/supervision/notes', { text: 'refuse' });
    expect([refused.status, refused.body.code]).toEqual([403, 'TRIAL.REFUSED']);
    expect(await notes()).toEqual(['refused']);
  });

  it('repeats an answer without a body', async () => {
    const operator = await service.as('operator');
    const key = { 'idempotency-key': randomUUID() };
    const first = await operator.post('/api/supervision/notes/silence', {}, key);
    const again = await operator.post('/api/supervision/notes/silence', {}, key);
    expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
    expect(await notes()).toEqual(['silence']);
  });
});

describe('a stranger or a mistake', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(parts, TrialModule);
  });
  afterAll(() => service.stop());

  it('is refused without a token, before the body is read', async () => {
    const answer = await service.anyone.post('/api/supervision/notes', '{broken');
    expect([answer.status, answer.body.code]).toEqual([401, 'AUTH.NOT_SIGNED_IN']);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('is refused with the wrong role', async () => {
    const bank = await service.as('account-manager');
    const answer = await bank.post('/api/supervision/notes', { text: 'a' });
    expect([answer.status, answer.body.code]).toEqual([403, 'AUTH.WRONG_ROLE']);
  });

  it('is refused within a second after the session ended', async () => {
    const operator = await service.as('operator');
    await service.db.query('update identity.session set ended_at = now() where id = $1', [operator.person!.sessionId]);
    const answer = await operator.post('/api/supervision/notes', { text: 'a' });
    expect(answer.status).toBe(401);
  });

  it.each([
    ['broken JSON', '{"text":', 400, 'MALFORMED'],
    ['an unknown field', { text: 'a', more: 1 }, 422, 'INVALID_INPUT'],
    ['a missing field', {}, 422, 'INVALID_INPUT'],
    ['a NUL character', { text: 'a\0b' }, 422, 'INVALID_INPUT'],
    ['half a character', '{"text":"\\ud800"}', 422, 'INVALID_INPUT'],
    ['a list for an object', [], 422, 'INVALID_INPUT'],
  ])('learns where: %s', async (_what, body, status, code) => {
    const operator = await service.as('operator');
    const answer = await operator.post('/api/supervision/notes', body, { 'content-type': 'application/json' });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('learns which field is wrong by a JSON pointer', async () => {
    const operator = await service.as('operator');
    const { body } = await operator.post('/api/supervision/notes', { text: '' });
    expect(body.errors).toEqual([{ pointer: '/text', detail: expect.stringContaining('1 to 50 characters') }]);
    expect(body.requestId).toMatch(/^[\w-]{8,64}$/);
  });
});
