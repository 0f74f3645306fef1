import { useInstitutionName } from '../client/institution.query.js';
import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { countText, instantText, moneyText, rateText } from '../parts/format.rules.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { useDecision, type LimitChange } from './limit.query.js';
import { limitText } from './limit.text.js';
import { useShelf } from './market.query.js';
import { operatorText } from './operator.text.js';

const tones: Record<LimitChange['status'], Tone> = { PENDING: 'warn', APPROVED: 'good', REJECTED: 'still' };

/** Where a value holds, in words. */
export function useScopeWords() {
  const text = useText(operatorText);
  const word = useWord();
  const nameOf = useInstitutionName();
  const listing = useListing();
  const { data: shelf } = useShelf();
  const productName = (id: string) => shelf?.find((product) => product.id === id)?.name ?? id.slice(0, 8);
  return ({ scope }: Pick<LimitChange, 'scope'>): string => {
    const parts = [
      scope.institutionId && nameOf(scope.institutionId),
      scope.productId && text('limit.productScope', { id: productName(scope.productId) }),
      scope.district && word('district', scope.district),
      scope.grade && text('limit.grade', { grade: scope.grade }),
    ].filter((part) => part !== null);
    return parts.length > 0 ? listing(parts) : text('limit.everywhere');
  };
}

/** Name and value of a parameter in words. */
export function useLimitWords() {
  const text = useText(operatorText);
  const { language } = useLanguage();
  const names: Readonly<Record<string, string>> = limitText[language];
  return {
    nameOf: ({ what }: Pick<LimitChange, 'what'>) => names[what] ?? what,
    valueOf: ({ what, value }: Pick<LimitChange, 'what' | 'value'>) => {
      if (value === null) return text('limit.ended');
      if (typeof value === 'boolean') return text(value ? 'limit.on' : 'limit.off');
      if (typeof value === 'string') return moneyText(value, language);
      return what.endsWith('Bp') ? rateText(value) : countText(value);
    },
  };
}

export function useLimitColumns() {
  const text = useText(operatorText);
  const { nameOf, valueOf } = useLimitWords();
  const scopeOf = useScopeWords();
  return {
    scope: { key: 'scope', title: text('limit.scope'), cell: scopeOf, text: scopeOf },
    what: { key: 'what', title: text('limit.what'), cell: nameOf, text: nameOf },
    value: { key: 'value', title: text('limit.value'), numeric: true, cell: valueOf, text: valueOf },
    since: {
      key: 'since',
      title: text('limit.since'),
      cell: ({ effectiveFrom }) => <When at={effectiveFrom} />,
      text: ({ effectiveFrom }) => effectiveFrom,
    },
    // As they were written: the first values and most operators speak Chinese.
    source: {
      key: 'source',
      title: text('limit.source'),
      cell: ({ source }) => (isChange(source) ? text('limit.changed') : <span lang="zh">{source}</span>),
      text: ({ source }) => (isChange(source) ? text('limit.changed') : source),
    },
    reason: {
      key: 'reason',
      title: text('limit.reason'),
      cell: ({ reason }) => <span lang="zh">{reason}</span>,
      text: ({ reason }) => reason,
    },
    status: {
      key: 'status',
      title: text('limit.status'),
      cell: ({ status }) => <StatusTag tone={tones[status]}>{text(`limit.${status}`)}</StatusTag>,
      text: ({ status }) => text(`limit.${status}`),
    },
  } satisfies Record<string, Column<LimitChange>>;
}

/** What operators changed names the platform's code as its source. */
const isChange = (source: string): boolean => source.startsWith('operator ');

const sameScope = (a: LimitChange, b: LimitChange): boolean =>
  (['institutionId', 'productId', 'district', 'grade'] as const).every((part) => a.scope[part] === b.scope[part]);

/** Approve and reject, never one's own. `inForce`: the market's values and those that are set apart. */
export function useDecisionColumn(inForce: readonly LimitChange[], personId: string | undefined): Column<LimitChange> {
  const text = useText(operatorText);
  return {
    key: 'act',
    title: '',
    cell: (change) => {
      if (change.status !== 'PENDING') return null;
      if (change.proposedBy === personId) return <span className="quiet">{text('limit.own')}</span>;
      const ofThis = inForce.filter(({ what }) => what === change.what);
      return <Decide change={change} before={ofThis.find((one) => sameScope(one, change)) ?? ofThis[0]} />;
    },
  };
}

function Decide({ change, before }: { change: LimitChange; before: LimitChange | undefined }) {
  const text = useText(operatorText);
  const { nameOf, valueOf } = useLimitWords();
  const scopeOf = useScopeWords();
  const approval = useDecision('approval');
  const rejection = useDecision('rejection');
  const figures = {
    what: nameOf(change),
    scope: scopeOf(change),
    before: before ? valueOf(before) : '—',
    after: valueOf(change),
    from: instantText(change.effectiveFrom),
  };
  return (
    <span className="page-actions">
      <ConfirmAct
        label={text('limit.approve')}
        title={text('limit.approve')}
        what={<p>{text('limit.approveWhat', figures)}</p>}
        confirm={text('limit.approveConfirm')}
        button={{ size: 'small', type: 'primary' }}
        act={() => approval.mutateAsync(change.id)}
        busy={approval.isPending}
        error={approval.error}
      />
      <ConfirmAct
        label={text('limit.reject')}
        title={text('limit.reject')}
        what={<p>{text('limit.rejectWhat', figures)}</p>}
        confirm={text('limit.rejectConfirm')}
        button={{ size: 'small' }}
        danger
        act={() => rejection.mutateAsync(change.id)}
        busy={rejection.isPending}
        error={rejection.error}
      />
    </span>
  );
}
