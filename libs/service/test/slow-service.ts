// A service as its own process, which the test of endings starts: one route that waits until the test says so.
import 'reflect-metadata';
import { Public } from '@app/auth';
import { Controller, Get, Module } from '@nestjs/common';

import { listen, ServiceModule } from '../src/index.js';

const parts = { service: 'supervision', entities: [], migrations: [] };
const released = new Promise<void>((done) => process.once('message', () => done()));

@Controller('answers')
class AnswerController {
  @Public()
  @Get('slow')
  async slow(): Promise<{ said: string }> {
    process.send!('begun');
    await released;
    return { said: 'in the end' };
  }

  @Public()
  @Get('quick')
  quick(): { said: string } {
    return { said: 'at once' };
  }
}

@Module({ imports: [ServiceModule.of(parts)], controllers: [AnswerController] })
class SlowModule {}

await listen(parts, SlowModule);
process.send!('listens');
