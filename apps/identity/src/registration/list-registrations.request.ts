import { PageQuery } from '@app/service';
import { IsIn, IsOptional } from 'class-validator';

export const registrationStatuses = ['PENDING', 'ACTIVE', 'REJECTED'] as const;
export type RegistrationStatus = (typeof registrationStatuses)[number];

export class RegistrationListQuery extends PageQuery {
  @IsOptional()
  @IsIn(registrationStatuses)
  status?: RegistrationStatus;
}
