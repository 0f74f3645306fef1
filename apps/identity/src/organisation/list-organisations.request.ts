import { type Membership, memberships, type OrganisationKind } from '@app/auth';
import { PageQuery } from '@app/service';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

const kinds = ['enterprise', 'institution', 'source', 'regulator', 'operator'] as const;

export class OrganisationListQuery extends PageQuery {
  @IsOptional()
  @IsIn(kinds)
  kind?: OrganisationKind;

  /** Part of the name or of the code. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}

export class InstitutionListQuery extends PageQuery {
  /** Part of the name or of the code. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @IsOptional()
  @IsIn(memberships)
  membership?: Membership;
}
