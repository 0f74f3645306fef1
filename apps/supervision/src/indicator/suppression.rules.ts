import { must } from '@app/kernel';

/** Fewer enterprises than this behind a figure could be known by name to somebody in the trade. */
export const enterprisesMin = 5;

/** A cell of a table with its margins: one key per dimension, null for "all of it". */
export interface Cell {
  key: readonly (string | null)[];
  /** Distinct enterprises behind it. */
  n: number;
}

/** Cells that add up to one other cell: whoever knows all but one knows them all. */
interface Line {
  total: string;
  parts: string[];
}

export const idOf = (key: readonly (string | null)[]): string => JSON.stringify(key);

/**
 * Which cells must not be served, as ids: those of 1 to 4 enterprises, and as many more as it takes so that along no
 * line of the table a figure follows from the others and the total. What is left out of a line stands for at least
 * five enterprises together, and for more than its cells have at the least: three cells left out that add up to three
 * would be known to be one each. Empty cells are served as zero and cover for nobody. Same input, same answer,
 * whatever the order of the cells. `cells` holds all margins; empty cells may be absent.
 */
export function suppressedCells(cells: readonly Cell[]): Set<string> {
  const sizes = new Map(cells.filter(({ n }) => n > 0).map(({ key, n }) => [idOf(key), n]));
  const linesAt = linesOf(cells.filter(({ n }) => n > 0));
  const hidden = new Set([...sizes].filter(([, n]) => n < enterprisesMin).map(([id]) => id));
  const due = new Set([...linesAt.values()].flat());
  for (const line of due) {
    due.delete(line);
    const next = nextToHide(line, sizes, hidden);
    if (next === undefined) continue;
    hidden.add(next);
    // A Set is walked in the order of insertion: what is added now comes again at its end.
    for (const touched of linesAt.get(next) ?? []) due.add(touched);
  }
  return hidden;
}

/** The lines that each cell stands in, as a part or as the total. */
function linesOf(cells: readonly Cell[]): Map<string, Line[]> {
  const lines = new Map<string, Line>();
  for (const { key } of cells)
    for (const [dimension, value] of key.entries()) {
      if (value === null) continue;
      const total = idOf(key.with(dimension, null));
      const name = `${dimension} ${total}`;
      const line = lines.get(name) ?? { total, parts: [] };
      line.parts.push(idOf(key));
      lines.set(name, line);
    }
  const at = new Map<string, Line[]>();
  for (const name of [...lines.keys()].toSorted()) {
    const line = must(lines.get(name), 'a line has its name');
    for (const id of [line.total, ...line.parts]) at.set(id, [...(at.get(id) ?? []), line]);
  }
  return at;
}

/** The cell that has to go next for this line to be safe; undefined when it is. */
function nextToHide({ total, parts }: Line, sizes: Map<string, number>, hidden: Set<string>): string | undefined {
  const gone = parts.filter((id) => hidden.has(id));
  if (hidden.has(total)) return gone.length > 0 ? undefined : smallest(parts, sizes);
  const enterprises = gone.reduce((sum, id) => sum + sizeOf(id, sizes), 0);
  const covered = gone.length > 1 && enterprises >= enterprisesMin && enterprises > gone.length;
  if (gone.length === 0 || covered) return undefined;
  // With no part left to hide behind, the total goes.
  return (
    smallest(
      parts.filter((id) => !hidden.has(id)),
      sizes,
    ) ?? total
  );
}

/** The one whose loss says least: of equals always the same. */
const smallest = (ids: readonly string[], sizes: Map<string, number>): string | undefined =>
  ids.toSorted((a, b) => sizeOf(a, sizes) - sizeOf(b, sizes) || (a < b ? -1 : 1))[0];

const sizeOf = (id: string, sizes: Map<string, number>): number => must(sizes.get(id), 'a cell of a line has a size');
