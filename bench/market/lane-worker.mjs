import { database } from '../../dist/apps/marketplace/src/data-source.js';
// The marketplace without HTTP: grabs go straight into its lane, 64 at a time.
import { GrabLane } from '../../dist/apps/marketplace/src/grab/grab-lane.service.js';
import { MarketplaceModule } from '../../dist/apps/marketplace/src/marketplace.module.js';
import { createService } from '../../dist/libs/service/src/index.js';
import { answering } from '../processes.mjs';
import { idOf, intendedFen, kinds } from './pairs.mjs';
import { codeOf } from './seed.mjs';

const app = await createService(database, MarketplaceModule);
const lane = app.get(GrabLane);
const atOnce = 64;

answering(true, {
  /** `count` grabs by as many banks, of one need (`hot`), or each of another one beginning with `from`. */
  grab: async ({ hot, from, needs, first, count, key }) => {
    let next = first;
    const client = async () => {
      while (next < first + count) {
        const bank = next++;
        const need = hot ?? (from + bank * 7_919) % needs;
        await lane.place(askOf({ bank, need, key }));
      }
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: atOnce }, client));
    return (performance.now() - began) / 1_000;
  },
});

function askOf({ bank, need, key }) {
  const personId = idOf(kinds.manager, bank);
  const route = 'POST /api/marketplace/needs/:id/grabs';
  const fingerprint = 'f'.repeat(64);
  return {
    claim: { person: personId, route, key: `${key}-${bank}`, fingerprint },
    fingerprint,
    viewer: {
      sessionId: idOf(kinds.session, bank),
      personId,
      displayName: '客户经理',
      roles: ['account-manager'],
      organisation: {
        id: idOf(kinds.bank, bank),
        kind: 'institution',
        code: codeOf(bank),
        status: 'ACTIVE',
        name: `银行 ${codeOf(bank)}`,
        uscc: null,
        memberships: ['CREDIT', 'MARKETPLACE'],
      },
    },
    needId: idOf(kinds.need, need),
    intendedFen: BigInt(intendedFen),
    now: new Date(),
    correlationId: `${key}-${bank}`,
  };
}
