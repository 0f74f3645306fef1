import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { instantText, shareText } from '../parts/format.rules.js';
import { Page } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { Distribution } from './distribution.part.js';
import { FigureView } from './figure.part.js';
import { regulatorText } from './regulator.text.js';
import { Spark } from './spark.part.js';
import { useOverview, type Overview, type Selection, type TileFigure } from './supervision.query.js';

/** No filters: the whole city, the twelve months that the service gives by itself. */
const wholeYear: Selection = {
  from: undefined,
  to: undefined,
  district: undefined,
  industry: undefined,
  tier: undefined,
  institution: undefined,
};

export function OverviewPage() {
  const text = useText(regulatorText);
  const title = useText(frameText)('regulator.overview');
  const overview = useOverview();
  return (
    <Page title={title} question={text('overview.question')}>
      <Answer query={overview} rows={8}>
        {(found) => <OverviewView overview={found} />}
      </Answer>
    </Page>
  );
}

function OverviewView({ overview }: { overview: Overview }) {
  const text = useText(regulatorText);
  return (
    <>
      <p className="said">
        {text('overview.month', { month: overview.month })}
        {' · '}
        <Freshness asOf={overview.asOf} reconciledAt={overview.reconciledAt} />
      </p>
      <div className="broad">
        <Tiles>
          {overview.tiles.map((tile) => (
            <Tile
              key={tile.measure}
              label={text(tile.measure)}
              value={<FigureView figure={tile} unit={tile.unit} />}
              note={<Change tile={tile} />}
            >
              <Spark line={tile.line} label={`${text(tile.measure)} · ${text('tile.line')}`} unit={tile.unit} />
              <Link to={`/regulator/distribution?measure=${tile.measure}`}>{text('toDistribution')}</Link>
            </Tile>
          ))}
        </Tiles>
      </div>
      <div className="columns">
        <Distribution by="month" measure="needAmountFen" selection={wholeYear} />
        <Distribution by="month" measure="disbursedFen" selection={wholeYear} />
      </div>
    </>
  );
}

export function Freshness({ asOf, reconciledAt }: { asOf: string; reconciledAt: string | null }) {
  const text = useText(regulatorText);
  const checked = reconciledAt ? text('reconciled', { at: instantText(reconciledAt) }) : text('notReconciled');
  return (
    <span>
      {text('asOf', { at: instantText(asOf) })} · {checked}
    </span>
  );
}

function Change({ tile }: { tile: TileFigure }) {
  const text = useText(regulatorText);
  if (tile.changeBp === null) return text('change.none');
  if (tile.changeBp === 0) return text('change.same');
  const share = shareText(Math.abs(tile.changeBp) / 10_000);
  return tile.changeBp > 0 ? `▲ ${text('change.up', { share })}` : `▼ ${text('change.down', { share })}`;
}
