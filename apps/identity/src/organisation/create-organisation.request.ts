import { type Membership, memberships } from '@app/auth';
import { IsPlainText } from '@app/service';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsString, Matches } from 'class-validator';

import { organisationCodePattern } from './organisation.rules.js';

/** Enterprises come by registration; the operator's own organisation is there from the start. */
const kinds = ['institution', 'source', 'regulator'] as const;

export class CreateOrganisationRequest {
  @IsIn(kinds)
  kind: 'institution' | 'source' | 'regulator';

  @IsPlainText(1, 100)
  name: string;

  /** 2 to 32 of `[A-Z0-9-]`; of a source: the source of its feeds' contracts. */
  @IsString()
  @Matches(organisationCodePattern, { message: 'code must be 2 to 32 of A-Z, 0-9 and -' })
  code: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(memberships.length)
  @ArrayUnique()
  @IsIn(memberships, { each: true })
  memberships?: Membership[];
}
