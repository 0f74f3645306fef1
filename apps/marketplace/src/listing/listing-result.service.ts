import { hasRole, type Viewer } from '@app/auth';
import { Clock, type Fen, fen, formatYuan } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { refuseOutsiders } from '../product/product.service.js';
import { csvOf } from './csv.rules.js';
import { lookerOf } from './listing-entry.service.js';
import type { InstitutionFigures, ListingFigures, ListingResultResponse } from './listing-result.response.js';
import { NotForListing } from './listing.error.js';
import { type Consent, isOver, mayName } from './listing.rules.js';
import { ListingService } from './listing.service.js';

const figures = `count(*)::integer as "takenUp", count(contacted_at)::integer as contacted,
  count(offered_at)::integer as offered, count(lent_fen)::integer as lent,
  count(*) filter (where status = 'GIVEN_UP')::integer as "givenUp",
  coalesce(sum(offered_fen), 0)::text as "offeredFen", coalesce(sum(lent_fen), 0)::text as "lentFen"`;

interface ExportRow {
  name: string;
  uscc: string;
  district: string | null;
  industry: string | null;
  tier: string | null;
  consent: Consent;
  institution: string | null;
  status: string | null;
  offeredFen: string | null;
  lentFen: string | null;
}

const header = [
  '企业名称',
  '统一社会信用代码',
  '区县',
  '行业',
  '梯次',
  '是否同意',
  '揭榜机构',
  '状态',
  '授信金额（元）',
  '放款金额（元）',
];
const words: Record<string, string> = {
  ASKED: '未答复',
  CONSENTED: '同意',
  REFUSED: '不同意',
  TAKEN: '已揭榜',
  CONTACTED: '已联系',
  OFFERED: '已授信',
  LENT: '已放款',
  GIVEN_UP: '已放弃',
};

/** What came of a list: figures for its department, and a table of what the viewer may see. */
@Injectable()
export class ListingResults {
  constructor(
    private readonly listings: ListingService,
    private readonly clock: Clock,
  ) {}

  async results(db: EntityManager, viewer: Viewer, id: string, now: Date): Promise<ListingResultResponse> {
    const listing = await this.listings.visible(db, viewer, id);
    if (listing.ownerId !== viewer.organisation.id && !hasRole(viewer, 'operator')) throw new NotForListing();
    const [counts]: [{ refused: number; enterprisesLent: number }] = await db.query(
      `select count(*) filter (where e.consent = 'REFUSED')::integer as refused,
              count(*) filter (where exists (select 1 from take_up t where t.listing_id = e.listing_id
                                             and t.entry_id = e.id and t.status = 'LENT'))::integer as "enterprisesLent"
       from listing_entry e where e.listing_id = $1`,
      [id],
    );
    const [total]: [ListingFigures] = await db.query(`select ${figures} from take_up where listing_id = $1`, [id]);
    const institutions: InstitutionFigures[] = await db.query(
      `select institution_code as "institutionCode", max(institution_name) as "institutionName", ${figures}
       from take_up where listing_id = $1 group by institution_code order by institution_code`,
      [id],
    );
    return {
      listingId: id,
      asOf: now.toISOString(),
      entries: listing.entries,
      consented: listing.consented,
      refused: counts.refused,
      enterprisesLent: counts.enterprisesLent,
      total: toFigures(total),
      institutions: institutions.map((row) =>
        Object.assign(toFigures(row), { institutionCode: row.institutionCode, institutionName: row.institutionName }),
      ),
    };
  }

  /** The list as CSV, in what the viewer may see: banks get their own take-ups only. */
  async table(db: EntityManager, viewer: Viewer, id: string): Promise<string> {
    const listing = await this.listings.visible(db, viewer, id);
    const looker = lookerOf(viewer, listing);
    const over = isOver(listing, this.clock.today());
    if (viewer.organisation.kind === 'institution') refuseOutsiders(viewer);
    const whose = viewer.organisation.kind === 'institution' ? viewer.organisation.id : null;
    const rows: ExportRow[] = await db.query(
      `select e.name, e.uscc, e.district, e.industry2 as industry, e.tier, e.consent, t.institution_name as institution,
              t.status, t.offered_fen::text as "offeredFen", t.lent_fen::text as "lentFen"
       from listing_entry e
       left join take_up t on t.listing_id = e.listing_id and t.entry_id = e.id
         and ($2::uuid is null or t.institution_id = $2) and $3
       where e.listing_id = $1 order by e.id, t.id`,
      [id, whose, looker.ownsListing || looker.isBank],
    );
    return csvOf(
      header,
      rows.map((row) => {
        const named = mayName(
          looker,
          { consent: row.consent, tookUp: whose !== null && row.institution !== null },
          over,
        );
        return [
          named ? row.name : '（未公开）',
          named ? row.uscc : '',
          row.district,
          row.industry,
          row.tier,
          words[row.consent] ?? row.consent,
          row.institution,
          row.status && (words[row.status] ?? row.status),
          yuanOf(row.offeredFen),
          yuanOf(row.lentFen),
        ];
      }),
    );
  }
}

const yuanOf = (amount: string | null): string | null => (amount === null ? null : formatYuan(fen(amount) as Fen));

const toFigures = (row: ListingFigures): ListingFigures => ({
  takenUp: row.takenUp,
  contacted: row.contacted,
  offered: row.offered,
  lent: row.lent,
  givenUp: row.givenUp,
  offeredFen: row.offeredFen,
  lentFen: row.lentFen,
});
