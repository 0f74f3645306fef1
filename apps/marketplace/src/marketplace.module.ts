import { ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';

import { database } from './data-source.js';

@Module({
  imports: [ServiceModule.of(database)],
})
export class MarketplaceModule {}
