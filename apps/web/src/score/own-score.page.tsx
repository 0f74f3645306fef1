import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { MonthChoice } from './month-choice.part.js';
import { Ranking } from './ranking.part.js';
import { ScoreItems } from './score-items.part.js';
import { useScores, type Score, type Scores } from './score.query.js';
import { scoreText } from './score.text.js';
import { Trend } from './trend.part.js';

/** The own institution: where it stands, what the score is made of, how it moves. */
export function OwnScorePage() {
  const text = useText(scoreText);
  const title = useText(frameText)('bank.service');
  return (
    <Page title={title} question={text('own.question')}>
      <MonthChoice>{(month) => <Month month={month} />}</MonthChoice>
    </Page>
  );
}

function Month({ month }: { month: string }) {
  const { data: me } = useMe();
  const code = me?.organisation.code;
  return (
    <Answer query={useScores(month)} rows={10}>
      {(scores) => (
        <>
          <Own scores={scores} own={scores.items.find(({ institutionCode }) => institutionCode === code)} />
          {code ? <Trend code={code} /> : null}
          <Ranking scores={scores} />
        </>
      )}
    </Answer>
  );
}

function Own({ scores: { month, items }, own }: { scores: Scores; own: Score | undefined }) {
  const text = useText(scoreText);
  const count = items.filter(({ rank }) => rank !== null).length;
  if (!own) return <Empty why={text('own.absent', { month })} />;
  return (
    <>
      <Tiles>
        <Tile
          label={text('rank')}
          value={own.rank === null ? text('unranked') : text('rankOf', { rank: own.rank, count })}
        />
        <Tile label={text('grade')} value={own.grade ?? '—'} note={text('gradeNote')} />
        <Tile label={text('total')} value={own.total ?? '—'} note={text('totalOf')} />
        <Tile label={text('scored')} value={own.scoredPoints ?? '—'} note={text('scoredNote')} />
      </Tiles>
      <Section title={text('items.title', { month })} flush>
        <ScoreItems items={own.items ?? []} caption={text('items.title', { month })} />
      </Section>
    </>
  );
}
