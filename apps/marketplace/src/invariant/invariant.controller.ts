import { Allow } from '@app/auth';
import { Controller, Get } from '@nestjs/common';

import { InvariantsResponse } from './invariant.response.js';
import { InvariantService } from './invariant.service.js';

@Controller('invariants')
export class InvariantController {
  constructor(private readonly invariants: InvariantService) {}

  /** Recounts from the rows what must never be otherwise; everything is 0. */
  @Get()
  @Allow('operator')
  count(): Promise<InvariantsResponse> {
    return this.invariants.count();
  }
}
