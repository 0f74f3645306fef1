import { useFigureText } from './figure.part.js';
import type { TileFigure, Unit } from './supervision.query.js';

const [width, height, edge] = [180, 40, 4];

/** A year's line without axes; the picture says its figures to those who cannot see it. */
export function Spark({ line, label, unit }: { line: TileFigure['line']; label: string; unit: Unit }) {
  const figureText = useFigureText();
  const points = pointsOf(line.map(({ value }) => (value === null ? null : Number(value))));
  const words = line.map((month) => `${month.month} ${figureText(month, unit)}`).join(', ');
  const last = points.at(-1);
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${label}. ${words}`}>
      {runsOf(points).map((run) => (
        <polyline key={run[0]?.x} points={run.map(({ x, y }) => `${x},${y}`).join(' ')} />
      ))}
      {last ? <circle cx={last.x} cy={last.y} r="3" /> : null}
    </svg>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Months without a figure are gaps, not zeros. */
function pointsOf(values: readonly (number | null)[]): (Point | null)[] {
  const top = Math.max(1, ...values.map((value) => value ?? 0));
  const step = (width - 2 * edge) / Math.max(1, values.length - 1);
  return values.map((value, index) =>
    value === null ? null : { x: edge + index * step, y: height - edge - (value / top) * (height - 2 * edge) },
  );
}

function runsOf(points: readonly (Point | null)[]): Point[][] {
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (point) runs.at(-1)?.push(point);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}
