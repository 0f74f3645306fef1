import { useText } from '../frame/language.part.js';
import { Section } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { useFigureText, useRowName } from './figure.part.js';
import { regulatorText } from './regulator.text.js';
import { useIndicators, type Indicators, type Measure, type Selection } from './supervision.query.js';

/** Suzhou's places on a grid as they lie on the map, north on top. */
const places: readonly (readonly [code: string, column: number, row: number])[] = [
  ['320582', 1, 1],
  ['320581', 2, 1],
  ['320585', 4, 1],
  ['320507', 2, 2],
  ['320583', 4, 2],
  ['320505', 1, 2],
  ['320508', 2, 3],
  ['320500', 3, 2],
  ['320506', 1, 3],
  ['320509', 3, 3],
];

export function DistrictMap({ measure, selection }: { measure: Measure; selection: Selection }) {
  const text = useText(regulatorText);
  const indicators = useIndicators('district', measure, selection);
  return (
    <Section title={text('chart.by', { measure: text(measure), by: text('by.district') })}>
      <Answer query={indicators} rows={7}>
        {(found) => <Tiles indicators={found} chosen={selection.district} />}
      </Answer>
    </Section>
  );
}

function Tiles({ indicators, chosen }: { indicators: Indicators; chosen: string | undefined }) {
  const nameOf = useRowName();
  const figureText = useFigureText();
  const { set } = useUrl();
  const rows = new Map(indicators.rows.map((row) => [row.key, row]));
  const top = Math.max(1, ...indicators.rows.map(({ value }) => Number(value ?? 0)));
  return (
    <ul className="district-map">
      {places.map(([code, column, row]) => {
        const figure = rows.get(code) ?? { value: '0', suppressed: false };
        const depth = Number(figure.value ?? 0) / top;
        return (
          <li key={code} style={{ gridColumn: column, gridRow: row }}>
            <button
              type="button"
              aria-pressed={chosen === code}
              style={{ background: `rgb(11 100 119 / ${0.05 + depth * 0.3})` }}
              onClick={() => set({ district: chosen === code ? undefined : code })}
            >
              <span>{nameOf('district', code)}</span>
              <strong className="figure">{figureText(figure, indicators.unit)}</strong>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
