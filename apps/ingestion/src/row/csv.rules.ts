/** `open`: a quoted field goes on in the next line. `broken`: something stands after a closing quote. */
type SplitFault = 'open' | 'broken';

/**
 * The cells of one line. A field is quoted when it begins with a quote, and two quotes in it are one; a quote in the
 * middle of an unquoted field is data, as names with inches have it.
 */
export function splitCsv(line: string): string[] | SplitFault {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line.charCodeAt(at) !== 34) {
      const comma = line.indexOf(',', at);
      cells.push(comma < 0 ? line.slice(at) : line.slice(at, comma));
      if (comma < 0) return cells;
      at = comma + 1;
      continue;
    }
    const end = closingQuote(line, at + 1);
    if (end < 0) return 'open';
    cells.push(line.slice(at + 1, end).replaceAll('""', '"'));
    if (end + 1 === line.length) return cells;
    if (line.charCodeAt(end + 1) !== 44) return 'broken';
    at = end + 2;
  }
}

/** Place of the quote that ends a field; -1 when the line ends first. */
function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line.charCodeAt(at + 1) === 34) at = line.indexOf('"', at + 2);
  return at;
}
