import { must } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { SafetyScheme } from './safety-scheme.rules.js';

/** The bounds in force at an instant. */
@Injectable()
export class SafetySchemes {
  async at(db: EntityManager, now: Date): Promise<SafetyScheme> {
    const [row]: { parameters: SafetyScheme }[] = await db.query(
      'select parameters from safety_scheme where effective_from <= $1 order by effective_from desc limit 1',
      [now],
    );
    return must(row, 'the first scheme is older than everything').parameters;
  }
}
