import { IsUUID } from 'class-validator';

export class ReplayScoreRequest {
  /** One of the enterprise's scores. */
  @IsUUID()
  scoreId: string;
}
