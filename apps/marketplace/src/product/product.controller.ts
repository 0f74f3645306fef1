import { Allow, CurrentViewer, SignedIn, type Viewer } from '@app/auth';
import type { Day } from '@app/kernel';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { ProgrammeService } from '../programme/programme.service.js';
import { ListProductsQuery } from './list-products.request.js';
import { ProductPage, ProductResponse, ProductVersionsResponse } from './product.response.js';
import { ProductService } from './product.service.js';
import { TermsReader } from './terms-reader.service.js';
import { WriteProductRequest } from './write-product.request.js';

@Controller('products')
export class ProductController {
  constructor(
    private readonly products: ProductService,
    private readonly programmes: ProgrammeService,
    private readonly reader: TermsReader,
    private readonly db: DataSource,
  ) {}

  /** The shelf, newest first. */
  @Get()
  @SignedIn()
  list(@Query() query: ListProductsQuery): Promise<ProductPage> {
    return this.products.list(this.db.manager, query);
  }

  /** The own products that are not on the shelf. */
  @Get('drafts')
  @Allow('institution-admin', 'account-manager')
  drafts(@CurrentViewer() viewer: Viewer, @Query() query: ListProductsQuery): Promise<ProductPage> {
    return this.products.drafts(this.db.manager, viewer, query);
  }

  /** One product of the shelf, or one's own. */
  @Get(':id')
  @SignedIn()
  one(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<ProductResponse> {
    return this.products.one(this.db.manager, viewer, id);
  }

  /** Its versions, planned ones among them. */
  @Get(':id/versions')
  @SignedIn()
  history(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<ProductVersionsResponse> {
    return this.products.history(this.db.manager, viewer, id);
  }

  /** Puts a product on the shelf, or drafts it. */
  @Post()
  @Allow('institution-admin', 'account-manager')
  offer(@CurrentCommand() command: Command, @Body() request: WriteProductRequest): Promise<ProductResponse> {
    return this.products.offer(command, this.reader.product(request, null), request.draft);
  }

  /** Writes a new version of one of the own products; earlier versions stay as they are. */
  @Put(':id')
  @Allow('institution-admin', 'account-manager')
  async edit(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: WriteProductRequest,
  ): Promise<ProductResponse> {
    const { programme, family } = await this.products.own(command, id);
    const subscribed = programme && (await this.programmes.renewed(command.tx, programme));
    const terms = { ...this.reader.product(request, subscribed), ...(programme && { family }) };
    return this.products.edit(command, id, terms, request.effectiveFrom as Day | undefined);
  }

  /** Brings a draft onto the shelf. */
  @Post(':id/publication')
  @HttpCode(200)
  @Allow('institution-admin', 'account-manager')
  publish(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<ProductResponse> {
    return this.products.publish(command, id);
  }

  /** Takes one of the own products off the shelf until it is published again. */
  @Post(':id/unpublication')
  @HttpCode(200)
  @Allow('institution-admin', 'account-manager')
  unpublish(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<ProductResponse> {
    return this.products.unpublish(command, id);
  }

  /** Takes one of the own products off the shelf for good. */
  @Post(':id/withdrawal')
  @HttpCode(200)
  @Allow('institution-admin', 'account-manager')
  withdraw(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<ProductResponse> {
    return this.products.withdraw(command, id);
  }
}
