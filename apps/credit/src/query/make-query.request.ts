import { type Purpose, purposes } from '@app/database';
import { IsUscc } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

export class MakeQueryRequest {
  @IsUscc()
  uscc: string;

  /** What the report is wanted for; the authorisation must name it. */
  @ApiProperty({ enum: purposes })
  @IsIn(purposes)
  purpose: Purpose;
}
