import { useLanguage, useText } from '../frame/language.part.js';
import { DataTable, type Column, wordColumn } from '../parts/data-table.part.js';
import { ExportCsv } from '../parts/export-csv.part.js';
import { Money } from '../parts/figures.part.js';
import { countText, instantText, moneyFigure, moneyText, moneyUnit } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { useResults, type Results } from './listing.query.js';
import { listingText } from './listing.text.js';

type Line = Results['institutions'][number];

/** What came of a list, in sum and bank by bank, for the department that answers for it. */
export function ListingResults({ id }: { id: string }) {
  const results = useResults(id);
  return <Answer query={results}>{(found) => <ResultsView results={found} />}</Answer>;
}

function ResultsView({ results }: { results: Results }) {
  const text = useText(listingText);
  const { language } = useLanguage();
  const columns = useColumns();
  const { total, institutions } = results;
  const rows = () => Promise.resolve({ rows: institutions, cut: false });
  const counts = ['takenUp', 'contacted', 'offered', 'lent'] as const;
  return (
    <>
      <Tiles>
        {counts.map((key) => (
          <Tile key={key} label={text(`results.${key}`)} value={countText(total[key])} />
        ))}
        <Tile label={text('results.lentTo')} value={countText(results.enterprisesLent)} />
        <Tile label={text('results.lentFen')} value={moneyText(total.lentFen, language)} />
      </Tiles>
      <Section
        title={text('results.title')}
        note={text('results.note', { at: instantText(results.asOf), refused: results.refused })}
        actions={<ExportCsv name="listing-results" columns={columns} rows={rows} />}
        flush
      >
        {institutions.length === 0 ? (
          <Empty why={text('results.none')} />
        ) : (
          <DataTable
            caption={text('results.title')}
            columns={columns}
            rows={institutions}
            rowKey={({ institutionCode }) => institutionCode}
          />
        )}
      </Section>
    </>
  );
}

function useColumns(): Column<Line>[] {
  const text = useText(listingText);
  const { language } = useLanguage();
  const counts = ['takenUp', 'contacted', 'offered', 'lent', 'givenUp'] as const;
  const amounts = ['offeredFen', 'lentFen'] as const;
  return [
    wordColumn('bank', text('results.institution'), ({ institutionName }) => institutionName),
    ...counts.map((key): Column<Line> => ({
      key,
      title: text(`results.${key}`),
      numeric: true,
      cell: (line) => countText(line[key]),
      text: (line) => line[key],
    })),
    ...amounts.map((key): Column<Line> => ({
      key,
      title: `${text(`results.${key}`)} (${moneyUnit[language]})`,
      numeric: true,
      cell: (line) => <Money fen={line[key]} bare />,
      text: (line) => moneyFigure(line[key], language).replaceAll(',', ''),
    })),
  ];
}
