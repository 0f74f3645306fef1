import type { Day } from '@app/kernel';
import { IsDay } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsObject, IsString, MaxLength } from 'class-validator';

export class RunEvaluationRequest {
  /** Code of the rule set, such as `technology-sme`. */
  @IsString()
  @MaxLength(64)
  ruleSet: string;

  /** The version of the rule that was in force on this day decides. */
  @IsDay()
  asOf: Day;

  /** Figures of the rule set; money as text of whole fen; what is absent or null is not known. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  figures: Record<string, unknown>;
}
