import { IsPlainText, IsUscc } from '@app/service';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, Matches, ValidateNested } from 'class-validator';

/** 5 000 fit the largest JSON body that is accepted. */
const accountsMax = 5_000;

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
}

export class AllowCodeRequest {
  /** A code that the registry really gave out although its check character is wrong. */
  @Matches(/^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/)
  uscc: string;

  /** How it is known that the registry gave it out. */
  @IsPlainText(2, 500)
  reason: string;
}
