import type { Viewer } from '@app/auth';
import { logRead } from '@app/database';
import { canonicalJson, Clock, sha256Hex, type Uscc, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** An operator looks to keep the platform right, and the enterprise can see that it did. */
const duty = 'OPERATOR_DUTY';

/** Reads of an enterprise's records by an operator leave a trace in the same transaction. */
@Injectable()
export class DutyLog {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** `read` runs in a transaction; who is no operator reads its own and is not logged. */
  async reading<T extends object>(
    viewer: Viewer,
    { uscc, act }: { uscc: string; act: string },
    read: (tx: EntityManager) => Promise<T>,
  ): Promise<T> {
    if (viewer.organisation.kind !== 'operator') return read(this.db.manager);
    return this.db.transaction(async (tx) => {
      const answer = await read(tx);
      const at = this.clock.now();
      await logRead(tx, {
        id: uuidv7(at),
        at,
        uscc: uscc as Uscc,
        organisationId: viewer.organisation.id,
        institution: viewer.organisation.code,
        personId: viewer.personId,
        act,
        purpose: duty,
        authorisationId: null,
        resultHash: sha256Hex(canonicalJson(answer)),
      });
      return answer;
    });
  }
}
