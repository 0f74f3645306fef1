import { IsDay, IsPlainText } from '@app/service';
import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';

/** A first-loan campaign as it is drafted; whom it reaches is worked out when it opens. */
export class WriteCampaignRequest {
  @IsPlainText(1, 100)
  title: string;

  @IsOptional()
  @IsPlainText(1, 2_000)
  rules?: string;

  @IsDay()
  opensOn: string;

  @IsDay()
  closesOn: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @Matches(/^\d{6}$/, { each: true })
  districts?: string[];

  /** Two digits of GB/T 4754. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Matches(/^\d{2}$/, { each: true })
  industries?: string[];

  @ApiPropertyOptional({ enum: ['T1', 'T2', 'T3', 'T4', 'T5'], isArray: true })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @IsIn(['T1', 'T2', 'T3', 'T4', 'T5'], { each: true })
  tiers?: string[];

  /** Codes of the institutions that take part; all members of the marketplace when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @Matches(/^[A-Z0-9-]{2,32}$/, { each: true })
  institutions?: string[];

  /** Days without a visit after which another bank gets the enterprise; the market's parameter when absent. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  idleDays?: number;

  /** Enterprises that one bank may have open; the market's parameter when absent. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  openPerInstitution?: number;
}
