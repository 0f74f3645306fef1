import { App, Button } from 'antd';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { useUrl } from '../parts/url.query.js';
import { useWord } from '../parts/vocabulary.part.js';
import { EnterpriseQuality } from './enterprise-quality.part.js';
import { HeldRecords } from './held-records.part.js';
import { loadScores, useEnterprises, useReplay, type Score } from './lineage.query.js';
import { lineageText } from './lineage.text.js';
import { ScoreTrace } from './rests-on.part.js';

const views = ['score', 'scores', 'records'] as const;
const viewsOfOperators = [...views, 'quality'] as const;
const viewsOfSources = ['records', 'quality'] as const;
type View = (typeof viewsOfOperators)[number];

/** All that is held of one enterprise, from the score that is made of it down to the records. */
export function EnterpriseFile({ uscc }: { uscc: string }) {
  const text = useText(lineageText);
  const { data: me } = useMe();
  const kind = me?.organisation.kind;
  const names: readonly View[] = kind === 'operator' ? viewsOfOperators : kind === 'source' ? viewsOfSources : views;
  return (
    <>
      <p className="gap-below">
        {kind === 'operator' ? <EnterpriseName uscc={uscc} /> : text('enterprise')} <Code value={uscc} />
      </p>
      <Tabs
        label={text('title')}
        names={names}
        title={(name) => text(`tab.${name}`)}
        clears={['code', 'score', 'asOf']}
      >
        {(name) => <FileView name={name} uscc={uscc} />}
      </Tabs>
    </>
  );
}

/** The register says what it is called; a code that it does not know stands alone. */
function EnterpriseName({ uscc }: { uscc: string }) {
  const found = useEnterprises(uscc);
  return <strong>{found.data?.items.find((one) => one.uscc === uscc)?.name}</strong>;
}

function FileView({ name, uscc }: { name: View; uscc: string }) {
  const { get } = useUrl();
  if (name === 'score') return <ScoreTrace place={{ uscc, code: get('code'), scoreId: get('score') }} />;
  if (name === 'scores') return <Scores uscc={uscc} />;
  return name === 'records' ? <HeldRecords uscc={uscc} /> : <EnterpriseQuality uscc={uscc} />;
}

/** Every score there was; one of them opens with the records that it rests on. */
function Scores({ uscc }: { uscc: string }) {
  const text = useText(lineageText);
  return (
    <Section title={text('tab.scores')} note={text('scores.note')} flush>
      <CursorTable
        caption={text('tab.scores')}
        name={['lineage', 'scores', uscc]}
        load={loadScores(uscc)}
        columns={useScoreColumns(uscc)}
        rowKey={({ id }) => id}
        empty={<Empty why={text('scores.none')} />}
        exportName="scores"
      />
    </Section>
  );
}

function useScoreColumns(uscc: string): Column<Score>[] {
  const text = useText(lineageText);
  const word = useWord();
  const { data: me } = useMe();
  const { set } = useUrl();
  return [
    {
      key: 'at',
      title: text('scores.at'),
      cell: ({ scoredAt }) => <When at={scoredAt} />,
      text: ({ scoredAt }) => scoredAt,
    },
    { key: 'asOf', title: text('scores.asOf'), cell: ({ asOf }) => <When at={asOf} />, text: ({ asOf }) => asOf },
    {
      key: 'score',
      title: text('scores.score'),
      numeric: true,
      cell: ({ score }) => score ?? '—',
      text: ({ score }) => score,
    },
    wordColumn('band', text('scores.band'), ({ scoreBand }) => scoreBand ?? '—'),
    wordColumn('tier', text('scores.tier'), ({ tier }) => word('tier', tier)),
    wordColumn('model', text('scores.model'), ({ modelVersion }) => modelVersion),
    {
      key: 'act',
      title: '',
      cell: ({ id }) => (
        <span className="page-actions">
          <Button size="small" onClick={() => set({ tab: undefined, score: id, code: undefined })}>
            {text('scores.open')}
          </Button>
          {me?.organisation.kind === 'operator' ? <Replay uscc={uscc} scoreId={id} /> : null}
        </span>
      ),
    },
  ];
}

function Replay({ uscc, scoreId }: { uscc: string; scoreId: string }) {
  const text = useText(lineageText);
  const { message } = App.useApp();
  const replay = useReplay(uscc);
  const run = () =>
    replay.mutateAsync(scoreId).then(
      ({ same }) => (same ? message.success(text('scores.same')) : message.error(text('scores.differs'))),
      () => message.error(text('scores.notComputed')),
    );
  return (
    <Button size="small" loading={replay.isPending} onClick={() => void run()}>
      {text('scores.replay')}
    </Button>
  );
}
