import { IsPlainText, IsUscc, PageQuery } from '@app/service';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export const claimStates = ['WAITING', 'LINKED', 'NOBODY'] as const;
export type ClaimState = (typeof claimStates)[number];

export class ListClaimsRequest extends PageQuery {
  @IsOptional()
  @IsIn(claimStates)
  state?: ClaimState;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  feed?: string;
}

export class LinkClaimRequest {
  /** The enterprise that is meant; it must be known to the registry. */
  @IsUscc()
  uscc: string;

  /** How it is known. */
  @IsPlainText(2, 500)
  reason: string;
}

export class ReasonRequest {
  @IsPlainText(2, 500)
  reason: string;
}
