import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID, Matches } from 'class-validator';

import { type AssetKind, assetKinds } from './mark.rules.js';

export class RegisterPledgeRequest {
  /** The institution's own case for which the asset is to be pledged. */
  @IsUUID()
  grabId: string;

  @ApiProperty({ enum: assetKinds })
  @IsIn(assetKinds)
  kind: AssetKind;

  /** Number of the patent, the certificate, the machine or the invoice; only a keyed mark of it is kept. */
  @IsPlainText(4, 100)
  // Signs are left out of the mark: what is made of nothing else would equal everything of its kind.
  @Matches(/(?:[\p{L}\p{N}][^\p{L}\p{N}]*){4}/u, { message: 'identifier must hold four letters or digits' })
  identifier: string;
}
