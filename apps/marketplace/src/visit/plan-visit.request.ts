import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsOptional } from 'class-validator';

export class PlanVisitRequest {
  /** From now on, ninety days ahead at most. */
  @ApiProperty({ type: String, format: 'date-time' })
  @IsISO8601({ strict: true, strictSeparator: true })
  plannedAt: string;

  /** Where, when it is not the registered address; the enterprise reads it. */
  @IsOptional()
  @IsPlainText(1, 200)
  place?: string;
}
