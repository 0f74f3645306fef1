import { IsPlainText, IsUscc, PageQuery } from '@app/service';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';

/** 5 000 fit the largest JSON body that is accepted. */
const accountsMax = 5_000;
export const mappingStates = ['IN_FORCE', 'ENDED', 'REPLACED'] as const;
export type MappingState = (typeof mappingStates)[number];

/** STAY: records keep their enterprise, the account changed hands. MOVE: it was never so, and records go with it. */
export type RecordsWish = 'STAY' | 'MOVE';

export class AccountMapping {
  /** The values that name the account, by field: `{ "kind": "电", "account": "3201…" }`. */
  @IsObject()
  account: Record<string, string>;

  @IsUscc()
  uscc: string;
}

export class MapAccountsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(accountsMax)
  @ValidateNested({ each: true })
  @Type(() => AccountMapping)
  accounts: AccountMapping[];

  /** How it is known; for the record. */
  @IsOptional()
  @IsPlainText(2, 500)
  reason?: string;

  /**
   * Of accounts that were mapped to somebody else: STAY (default) leaves the records of before where they are, MOVE takes
   * those that the account brought there along.
   */
  @IsOptional()
  @IsIn(['STAY', 'MOVE'])
  records?: RecordsWish;
}

export class EndedAccount {
  /** The values that name the account, by field. */
  @IsObject()
  account: Record<string, string>;
}

export class EndMappingsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(accountsMax)
  @ValidateNested({ each: true })
  @Type(() => EndedAccount)
  accounts: EndedAccount[];

  @IsPlainText(2, 500)
  reason: string;

  /** STAY (default) leaves the records where they are, MOVE withdraws those that the account brought. */
  @IsOptional()
  @IsIn(['STAY', 'MOVE'])
  records?: RecordsWish;
}

export class ListMappingsQuery extends PageQuery {
  /** One of the values that name the account, as a whole: its number. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  account?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  uscc?: string;

  /** Without it: all that was ever said. */
  @IsOptional()
  @IsIn(mappingStates)
  state?: MappingState;
}
