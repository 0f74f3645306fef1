import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Controller, Get, Query } from '@nestjs/common';

import { ReadRecordsQuery, ReadVersionsQuery } from './read-records.request.js';
import { RecordPage, RecordVersionPage } from './record.response.js';
import { Records } from './record.service.js';

@Controller('records')
export class RecordController {
  constructor(private readonly records: Records) {}

  /** What was known of an enterprise at an instant: to operators by duty, to sources of their own feeds, to the enterprise itself. */
  @Get()
  @Allow('operator', 'source', 'enterprise')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ReadRecordsQuery): Promise<RecordPage> {
    return this.records.asOf(viewer, query);
  }

  /** Every version of a record, newest first, also those under another enterprise, with the batch that brought each. */
  @Get('versions')
  @Allow('operator', 'source', 'enterprise')
  versions(@CurrentViewer() viewer: Viewer, @Query() query: ReadVersionsQuery): Promise<RecordVersionPage> {
    return this.records.versions(viewer, query);
  }
}
