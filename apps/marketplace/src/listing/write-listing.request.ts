import { IsDay, IsPlainText } from '@app/service';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

/** Public facts by which enterprises are chosen; lists of one kind mean "one of these", kinds are added up. */
export class ListingQuery {
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

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  titles?: string[];
}

/** A directed list as a department drafts it: by codes, or by a query that is frozen at publication. */
export class WriteListingRequest {
  @IsPlainText(1, 100)
  title: string;

  /** Rules for banks and enterprises, in words. */
  @IsOptional()
  @IsPlainText(1, 2_000)
  rules?: string;

  /** Two digits of GB/T 4754 that the list is about. */
  @IsOptional()
  @Matches(/^\d{2}$/)
  industry?: string;

  @IsDay()
  opensOn: string;

  /** The last day on which an entry may be taken up. */
  @IsDay()
  closesOn: string;

  /** Banks that may take up the same entry; the market's parameter when absent. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  banksPerEntry?: number;

  /** Take-ups that one bank may have open on this list; the market's parameter when absent. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  openPerInstitution?: number;

  /** Unified social credit codes; or `query`. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @ArrayUnique()
  @Matches(/^[0-9A-HJ-NPQRTUWXY]{18}$/, { each: true })
  usccs?: string[];

  @ApiPropertyOptional({ type: ListingQuery })
  @IsOptional()
  @ValidateNested()
  @Type(() => ListingQuery)
  query?: ListingQuery;
}
