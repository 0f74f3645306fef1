import { Public } from '@app/auth';
import { counter, registry, seconds } from '@app/observe';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

export const requests = counter('http_requests_total', 'Requests answered.', ['service', 'method', 'route', 'status']);
export const durations = seconds('http_request_duration_seconds', 'Time to answer.', ['service', 'method', 'route']);

@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  @Public()
  @Get()
  @Header('content-type', registry.contentType)
  metrics(): Promise<string> {
    return registry.metrics();
  }
}
