/** A line of CSV around one of its cells, counted from 1; null when the line has no such cell. */
export function cutAtCell(raw: string, position: number): { before: string; cell: string; after: string } | null {
  let [start, column, quoted] = [0, 1, false];
  for (let at = 0; at <= raw.length; at += 1) {
    if (raw[at] === '"') quoted = !quoted;
    const ends = at === raw.length || (raw[at] === ',' && !quoted);
    if (!ends) continue;
    if (column === position) return { before: raw.slice(0, start), cell: raw.slice(start, at), after: raw.slice(at) };
    column += 1;
    start = at + 1;
  }
  return null;
}
