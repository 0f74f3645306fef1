import { Allow, SignedIn } from '@app/auth';
import { type Command, CurrentCommand, PageQuery, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { ProductResponse } from '../product/product.response.js';
import { ProductService, refuseOutsiders } from '../product/product.service.js';
import { TermsReader } from '../product/terms-reader.service.js';
import { WriteProductRequest } from '../product/write-product.request.js';
import { ProgrammePage, ProgrammeResponse } from './programme.response.js';
import { ProgrammeService } from './programme.service.js';
import { EditProgrammeRequest, WriteProgrammeRequest } from './write-programme.request.js';

@Controller('programmes')
export class ProgrammeController {
  constructor(
    private readonly programmes: ProgrammeService,
    private readonly products: ProductService,
    private readonly reader: TermsReader,
    private readonly db: DataSource,
  ) {}

  /** Public programmes, newest first. */
  @Get()
  @SignedIn()
  list(@Query() query: PageQuery): Promise<ProgrammePage> {
    return this.programmes.list(this.db.manager, query);
  }

  @Get(':id')
  @SignedIn()
  one(@Param('id', UuidPipe) id: string): Promise<ProgrammeResponse> {
    return this.programmes.one(this.db.manager, id);
  }

  /** A department opens a programme. */
  @Post()
  @Allow('regulator', 'operator')
  create(@CurrentCommand() command: Command, @Body() request: WriteProgrammeRequest): Promise<ProgrammeResponse> {
    return this.programmes.create(command, request);
  }

  /** Writes a new version of one's own programme. */
  @Put(':id')
  @Allow('regulator', 'operator')
  edit(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: EditProgrammeRequest,
  ): Promise<ProgrammeResponse> {
    return this.programmes.edit(command, id, request);
  }

  /** Ends the taking of subscriptions. */
  @Post(':id/closure')
  @HttpCode(200)
  @Allow('regulator', 'operator')
  close(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<ProgrammeResponse> {
    return this.programmes.close(command, id);
  }

  /** An institution subscribes with its own terms inside the frame: a product of the programme's family. */
  @Post(':id/subscriptions')
  @Allow('institution-admin', 'account-manager')
  async subscribe(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: WriteProductRequest,
  ): Promise<ProductResponse> {
    refuseOutsiders(command.viewer);
    const subscribed = await this.programmes.subscribable(command, id);
    const { family } = await this.programmes.one(command.tx, id);
    const terms = { ...this.reader.product(request, subscribed), family };
    return this.products.offer(command, terms, request.draft);
  }
}
