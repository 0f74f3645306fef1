import { Allow, Public } from '@app/auth';
import { type Command, CurrentCommand } from '@app/service';
import { Controller, Get, Post } from '@nestjs/common';

import { JwkResponse, JwksResponse, SigningKeyResponse } from './signing-key.response.js';
import { SigningKeys } from './signing-key.service.js';

/** 签名密钥: what verifies our access tokens. */
@Controller()
export class SigningKeyController {
  constructor(private readonly keys: SigningKeys) {}

  @Public()
  @Get('jwks.json')
  async jwks(): Promise<JwksResponse> {
    return { keys: (await this.keys.published()) as JwkResponse[] };
  }

  /** A new key signs from now on; the old ones verify for twenty minutes more. */
  @Allow('operator')
  @Post('signing-keys/rotation')
  async rotate(@CurrentCommand() command: Command): Promise<SigningKeyResponse> {
    return { kid: await this.keys.rotate(command) };
  }
}
