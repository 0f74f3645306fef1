import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { Answer } from '../parts/states.part.js';
import { MonthChoice } from '../score/month-choice.part.js';
import { Ranking } from '../score/ranking.part.js';
import { useScores } from '../score/score.query.js';
import { useScoreAct } from './watch.query.js';
import { watchText } from './watch.text.js';

/** How well banks serve, month by month; an operator scores a month anew and publishes it. */
export function Scores() {
  return <MonthChoice>{(month) => <MonthOfScores month={month} />}</MonthChoice>;
}

function MonthOfScores({ month }: { month: string }) {
  const scores = useScores(month);
  const { data: me } = useMe();
  const operates = me?.roles.includes('operator') ?? false;
  return (
    <Answer query={scores} rows={10}>
      {(found) => <Ranking scores={found} actions={operates && !found.publishedAt ? <Acts month={month} /> : null} />}
    </Answer>
  );
}

function Acts({ month }: { month: string }) {
  const text = useText(watchText);
  const compute = useScoreAct('computation');
  const publish = useScoreAct('publication');
  return (
    <>
      <ConfirmAct
        label={text('scores.compute')}
        title={text('scores.compute')}
        what={<p>{text('scores.computeWhat', { month })}</p>}
        confirm={text('scores.compute')}
        button={{ size: 'small' }}
        act={() => compute.mutateAsync(month)}
        busy={compute.isPending}
        error={compute.error}
      />
      <ConfirmAct
        label={text('scores.publish')}
        title={text('scores.publish')}
        what={<p>{text('scores.publishWhat', { month })}</p>}
        confirm={text('scores.publish')}
        button={{ size: 'small', type: 'primary' }}
        act={() => publish.mutateAsync(month)}
        busy={publish.isPending}
        error={publish.error}
      />
    </>
  );
}
