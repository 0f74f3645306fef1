import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Controller, Get, Param, Query } from '@nestjs/common';

import { PortraitResponse } from './portrait.response.js';
import { PortraitService } from './portrait.service.js';
import { ReadPortraitRequest } from './read-portrait.request.js';

@Controller('enterprises')
export class PortraitController {
  constructor(private readonly portraits: PortraitService) {}

  /** The innovation portrait: one's own, under authorisation, or by an operator's duty. */
  @Allow('enterprise', 'account-manager', 'institution-admin', 'operator')
  @Get(':uscc')
  read(
    @CurrentViewer() viewer: Viewer,
    @Param('uscc') uscc: string,
    @Query() { purpose = 'PRE_LOAN' }: ReadPortraitRequest,
  ): Promise<PortraitResponse> {
    return this.portraits.read(viewer, uscc, purpose);
  }
}
