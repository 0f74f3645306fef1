import { sha256Hex } from '@app/kernel';

/** An enterprise that wants a bank. */
export interface Waiting {
  targetId: string;
  /** Codes of the institutions that its authorisations name for recommendations. */
  eligible: readonly string[];
  /** Those that had it before: it does not go back. */
  tried: readonly string[];
}

/** A bank that takes part. */
export interface Bank {
  id: string;
  code: string;
  name: string;
  /** By its grade; 0 gets nothing. */
  weight: number;
  /** Enterprises that it has been given in this campaign. */
  assigned: number;
  /** How many more it may have open. */
  room: number;
}

export interface Assignment {
  targetId: string;
  bank: Bank | null;
  reason: 'FAIR_SHARE' | 'NOBODY_NAMED' | 'ALL_TRIED' | 'NO_ROOM';
  zh: string;
  en: string;
}

/**
 * Gives each enterprise to the bank that has the fewest for its weight, among those that it allows and that have room.
 * Enterprises with the smallest choice come first; otherwise the order is that of a hash, so that neither codes nor
 * names decide. The same input gives the same answer in whatever order it is listed.
 */
export function assign(campaignId: string, waiting: readonly Waiting[], banks: readonly Bank[]): Assignment[] {
  const standing = new Map(banks.map((bank) => [bank.code, { ...bank }]));
  const keyed = waiting.map((one) => ({
    ...one,
    choice: one.eligible.filter((code) => standing.has(code) && !one.tried.includes(code)),
    key: sha256Hex(`${campaignId} ${one.targetId}`),
  }));
  keyed.sort((a, b) => a.choice.length - b.choice.length || (a.key < b.key ? -1 : 1));
  return keyed.map((one) => {
    const chosen = fairest(one.choice.flatMap((code) => standing.get(code) ?? []));
    if (!chosen) return nobody(one);
    const told = because(one, chosen);
    chosen.assigned += 1;
    chosen.room -= 1;
    return { targetId: one.targetId, bank: { ...chosen }, reason: 'FAIR_SHARE', ...told };
  });
}

/** The smallest (assigned + 1) / weight, compared without dividing; equal ones by code. */
function fairest(banks: readonly Bank[]): Bank | undefined {
  return banks
    .filter(({ room, weight }) => room > 0 && weight > 0)
    .toSorted((a, b) => (a.assigned + 1) * b.weight - (b.assigned + 1) * a.weight || (a.code < b.code ? -1 : 1))[0];
}

/** Of one bank nothing is to be compared. */
function because({ choice }: { choice: readonly string[] }, { name, weight, assigned }: Bank) {
  if (choice.length === 1)
    return {
      zh: `企业授权的机构中只有${name}可以分配（此前 ${assigned} 户）`,
      en: `${name} is the only institution that may have it and that the enterprise allows (${assigned} before)`,
    };
  return {
    zh: `企业授权的 ${choice.length} 家机构中，${name}按权重 ${weight} 分得最少（此前 ${assigned} 户）`,
    en: `of ${choice.length} institutions that the enterprise allows, ${name} had the fewest for its weight ${weight} (${assigned} before)`,
  };
}

function nobody({ targetId, eligible, choice }: Waiting & { choice: readonly string[] }): Assignment {
  const none = (reason: Assignment['reason'], zh: string, en: string): Assignment => ({
    targetId,
    bank: null,
    reason,
    zh,
    en,
  });
  if (eligible.length === 0)
    return none('NOBODY_NAMED', '企业未授权任何参与机构', 'the enterprise allows no institution');
  if (choice.length === 0) return none('ALL_TRIED', '可分配的机构都已走访过', 'every institution that may has had it');
  return none('NO_ROOM', '可分配的机构在办户数已满', 'the institutions that may have no room');
}
