import { Public } from '@app/auth';
import { demo } from '@app/config';
import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { DemoPersonResponse } from './demo-person.response.js';

/** 演示人员: whom a visitor of the demo city may be. */
@Controller('demo-people')
export class DemoPersonController {
  constructor(private readonly db: DataSource) {}

  /** Empty outside the demo city. */
  @Public()
  @Get()
  async list(): Promise<DemoPersonResponse[]> {
    if (demo() !== 'city') return [];
    return this.db.query(
      `select p.login, p.display_name as name, o.name as organisation, p.roles[1] as role, d.try_this as "tryThis"
       from demo_person d join person p using (login) join organisation o on o.id = p.organisation_id
       where p.demo and p.status = 'ACTIVE' order by d.place, p.login`,
    );
  }
}
