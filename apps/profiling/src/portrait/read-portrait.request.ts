import { purposes } from '@app/database';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

export class ReadPortraitRequest {
  /** What an institution reads it for; PRE_LOAN when it says nothing. */
  @ApiProperty({ enum: purposes, required: false })
  @IsOptional()
  @IsIn(purposes)
  purpose?: string;
}
