import { PageQuery } from '@app/service';
import { IsOptional, IsUUID } from 'class-validator';

export class NoteListQuery extends PageQuery {
  /** Of this case only. */
  @IsOptional()
  @IsUUID()
  grabId?: string;
}

export class PledgeListQuery {
  /** A case of one's own institution. */
  @IsUUID()
  grabId: string;
}
