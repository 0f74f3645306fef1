import { Allow, SignedIn } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { ListProductsQuery } from './list-products.request.js';
import { ProductPage, ProductResponse } from './product.response.js';
import { ProductService } from './product.service.js';
import { WriteProductRequest } from './write-product.request.js';

@Controller('products')
export class ProductController {
  constructor(
    private readonly products: ProductService,
    private readonly db: DataSource,
  ) {}

  /** The shelf, newest first. */
  @Get()
  @SignedIn()
  list(@Query() query: ListProductsQuery): Promise<ProductPage> {
    return this.products.list(this.db.manager, query);
  }

  /** Puts a product on the shelf. */
  @Post()
  @Allow('institution-admin', 'account-manager')
  offer(@CurrentCommand() command: Command, @Body() request: WriteProductRequest): Promise<ProductResponse> {
    return this.products.offer(command, request);
  }

  /** Writes one of the own products anew. */
  @Put(':id')
  @Allow('institution-admin', 'account-manager')
  edit(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: WriteProductRequest,
  ): Promise<ProductResponse> {
    return this.products.edit(command, id, request);
  }

  /** Takes one of the own products off the shelf. */
  @Post(':id/withdrawal')
  @HttpCode(200)
  @Allow('institution-admin', 'account-manager')
  withdraw(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<ProductResponse> {
    return this.products.withdraw(command, id);
  }
}
