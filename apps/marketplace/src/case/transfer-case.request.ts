import { IsUUID } from 'class-validator';

export class TransferCaseRequest {
  /** The colleague who takes the case over: an account manager of the same institution. */
  @IsUUID()
  personId: string;
}
