import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';

import { type Language, languages, type Mode, modes } from '../kind/kind-shape.rules.js';
import { type KindName, kindNames } from '../kind/kind.rules.js';

const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

export class ChangeSettingRequest {
  @ApiProperty({ enum: languages, required: false })
  @IsOptional()
  @IsIn(languages)
  language?: Language;

  /** `HH:MM` in Asia/Shanghai; null for no quiet hours. Given together with `quietTo`. */
  @ApiProperty({ type: String, nullable: true, required: false, example: '22:00' })
  @ValidateIf(({ quietFrom }: ChangeSettingRequest) => quietFrom !== undefined && quietFrom !== null)
  @Matches(clockTime, { message: 'quietFrom must be a time HH:MM' })
  quietFrom?: string | null;

  @ApiProperty({ type: String, nullable: true, required: false, example: '07:30' })
  @ValidateIf(({ quietTo }: ChangeSettingRequest) => quietTo !== undefined && quietTo !== null)
  @Matches(clockTime, { message: 'quietTo must be a time HH:MM' })
  quietTo?: string | null;

  /** When the daily digest is sent. */
  @ApiProperty({ type: String, required: false, example: '08:30' })
  @IsOptional()
  @Matches(clockTime, { message: 'digestAt must be a time HH:MM' })
  digestAt?: string;
}

export class ChangePreferenceRequest {
  @ApiProperty({ enum: kindNames })
  @IsIn(kindNames)
  kind: KindName;

  @ApiProperty({ enum: ['IN_APP', 'EMAIL', 'SMS'] })
  @IsIn(['IN_APP', 'EMAIL', 'SMS'])
  channel: 'IN_APP' | 'EMAIL' | 'SMS';

  /** DIGEST only by e-mail; what is urgent cannot be switched off in the app. */
  @ApiProperty({ enum: modes })
  @IsIn(modes)
  mode: Mode;
}

export class NameContactRequest {
  @ApiProperty({ enum: ['EMAIL', 'SMS'] })
  @IsIn(['EMAIL', 'SMS'])
  channel: 'EMAIL' | 'SMS';

  /** An e-mail address, or a mobile number of mainland China. */
  @IsString()
  @MaxLength(254)
  @Matches(/^([^\s\p{C}@<>",;:\\()[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,24}|1[3-9]\d{9})$/u, {
    message: 'address must be an e-mail address or a mobile number of eleven digits',
  })
  address: string;
}

export class ProveContactRequest {
  @ApiProperty({ enum: ['EMAIL', 'SMS'] })
  @IsIn(['EMAIL', 'SMS'])
  channel: 'EMAIL' | 'SMS';

  /** What was sent to the address. */
  @Matches(/^\d{6}$/, { message: 'code must be six digits' })
  code: string;
}

export class RemoveContactRequest {
  @ApiProperty({ enum: ['EMAIL', 'SMS'] })
  @IsIn(['EMAIL', 'SMS'])
  channel: 'EMAIL' | 'SMS';
}
