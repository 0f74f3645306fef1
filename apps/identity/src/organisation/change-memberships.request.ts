import { type Membership, memberships } from '@app/auth';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';

export class ChangeMembershipsRequest {
  /** All memberships from now on; what is not in the list ends. */
  @IsArray()
  @ArrayMaxSize(memberships.length)
  @ArrayUnique()
  @IsIn(memberships, { each: true })
  memberships: Membership[];
}
