import { PageQuery } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';

import { securities, type Security } from '../need/need.rules.js';
import { amountBands } from './lead.rules.js';

const rooms = ['LEFT', 'FULL'] as const;
const scoreBands = ['A', 'B', 'C', 'D', 'E'] as const;
const sorts = ['newest', 'fit'] as const;

export class ListLeadsQuery extends PageQuery {
  /** In 万元; the lower bound belongs to the band below. */
  @ApiProperty({ enum: amountBands, required: false })
  @IsOptional()
  @IsIn(amountBands)
  amountBand?: string;

  /** GB/T 2260 code of a district. */
  @IsOptional()
  @Matches(/^\d{6}$/)
  district?: string;

  /** Two digits of GB/T 4754. */
  @IsOptional()
  @Matches(/^\d{2}$/)
  industry?: string;

  @IsOptional()
  @IsIn(['T1', 'T2', 'T3', 'T4', 'T5'])
  tier?: string;

  /** Band of the innovation score. */
  @ApiProperty({ enum: scoreBands, required: false })
  @IsOptional()
  @IsIn(scoreBands)
  scoreBand?: (typeof scoreBands)[number];

  @ApiProperty({ enum: securities, required: false })
  @IsOptional()
  @IsIn(securities)
  security?: Security;

  /** `FULL` shows the needs without a free place: a bank may join their line. */
  @ApiProperty({ enum: rooms, required: false })
  @IsOptional()
  @IsIn(rooms)
  room?: (typeof rooms)[number];

  /** `fit`: by how well a lead fits the own products, judged by nothing but what leads show. */
  @ApiProperty({ enum: sorts, required: false })
  @IsOptional()
  @IsIn(sorts)
  sort?: (typeof sorts)[number];
}
