import { Public } from '@app/auth';
import { NotACommand } from '@app/service';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';

import { ReceiptCheckResponse, ReceiptKeysResponse, toReceiptKeysResponse } from './receipt.response.js';
import { ReceiptService } from './receipt.service.js';
import { VerifyReceiptRequest } from './verify-receipt.request.js';

/** Open to everybody: whoever is shown a receipt can check it. */
@Controller()
export class ReceiptController {
  constructor(private readonly receipts: ReceiptService) {}

  @Public()
  @Get('receipt-keys')
  async keys(): Promise<ReceiptKeysResponse> {
    return toReceiptKeysResponse(await this.receipts.keys());
  }

  @Public()
  @NotACommand('changes nothing')
  @HttpCode(200)
  @Post('receipts/verification')
  check(@Body() receipt: VerifyReceiptRequest): Promise<ReceiptCheckResponse> {
    return this.receipts.check(receipt);
  }
}
