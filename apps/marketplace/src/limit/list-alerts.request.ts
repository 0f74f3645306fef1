import { PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

const answers = ['true', 'false'] as const;

export class ListAlertsQuery extends PageQuery {
  /** `true` for those that stand, `false` for those that are over. */
  @ApiProperty({ enum: answers, required: false })
  @IsOptional()
  @IsIn(answers)
  standing?: (typeof answers)[number];
}
