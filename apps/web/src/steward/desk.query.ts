import { useQuery } from '@tanstack/react-query';

import { loadBatches } from '../operator/batch.query.js';
import { loadCorrections, type Correction } from './correction.query.js';
import { loadActs, loadReasons, type Act } from './set-aside.query.js';

const refetchInterval = 30_000;
const deliveriesShown = 8;

/** Open rows by reason, the most first; a source has few kinds of faults at a time. */
export const useOpenReasons = () =>
  useQuery({
    queryKey: ['set-aside', 'desk'],
    refetchInterval,
    queryFn: async () => {
      const { items } = await loadReasons(undefined)({ limit: 100 });
      return items.toSorted((a, b) => b.open - a.open);
    },
  });

export const useLatestBatches = () =>
  useQuery({
    queryKey: ['batches', 'desk'],
    refetchInterval,
    queryFn: () => loadBatches({ feed: undefined, status: undefined })({ limit: deliveriesShown }),
  });

/** What colleagues proposed and this person may decide. */
export const useMineToDecide = (personId: string | undefined) =>
  useQuery({
    queryKey: ['corrections', 'desk', personId],
    enabled: personId !== undefined,
    refetchInterval,
    queryFn: async () => {
      const [acts, proposed, back] = await Promise.all([
        loadActs('PROPOSED')({ limit: 100 }),
        loadCorrections('PROPOSED')({ limit: 100 }),
        loadCorrections('BACK_PROPOSED')({ limit: 100 }),
      ]);
      const others = ({ madeBy }: Act) => madeBy !== personId;
      const notMine = ({ status, proposed: made, takingBack }: Correction) =>
        (status === 'PROPOSED' ? made.personId : takingBack?.personId) !== personId;
      return {
        acts: acts.items.filter(others).length,
        corrections: [...proposed.items, ...back.items].filter(notMine).length,
      };
    },
  });
