import { IsUUID } from 'class-validator';

export class AppliedLimitsQuery {
  /** The need whose limits are asked for. */
  @IsUUID()
  needId: string;
}
