import { type ProductFamily, productFamilies } from '@app/contracts';
import { IsPlainText } from '@app/service';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';

import { TermsRequest } from '../product/write-product.request.js';

/** The frame of a public programme; subscribers' own terms lie within its ranges. */
export class EditProgrammeRequest extends TermsRequest {
  /** The document that it rests on. */
  @IsPlainText(1, 200)
  source: string;
}

export class WriteProgrammeRequest extends EditProgrammeRequest {
  /** Published name of it for programs. */
  @Matches(/^[A-Z0-9-]{2,32}$/)
  code: string;

  @ApiProperty({ enum: productFamilies })
  @IsIn(productFamilies)
  family: ProductFamily;
}
