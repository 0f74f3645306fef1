import { useMemo } from 'react';

import { useInstitutionName } from '../client/institution.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { Chart } from '../parts/chart.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { Money } from '../parts/figures.part.js';
import { moneyFigure, moneyUnit } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { progressOption } from './campaign-progress.option.js';
import { useCampaignProgress, type CampaignProgress, type ProgressCell } from './campaign.query.js';
import { campaignText } from './campaign.text.js';
import { useCountWords } from './campaigns.part.js';

/** The way to a first loan, in the order in which it is gone. */
const steps = ['targets', 'visited', 'applied', 'lent'] as const;
const ends = ['refused', 'notInterested'] as const;

type By = 'institution' | 'district';

/** Bank by bank, and district by district for those who see the whole. */
export function ProgressOf({ id, whole }: { id: string; whole: boolean }) {
  const progress = useCampaignProgress(id);
  return (
    <Answer query={progress}>
      {(found) => (
        <>
          <Cells by="institution" cells={found.byInstitution} progress={found} />
          {whole ? <Cells by="district" cells={found.byDistrict} progress={found} /> : null}
        </>
      )}
    </Answer>
  );
}

interface CellsProps {
  readonly by: By;
  readonly cells: readonly ProgressCell[];
  readonly progress: CampaignProgress;
}

function Cells({ by, cells, progress }: CellsProps) {
  const text = useText(campaignText);
  const nameOf = useCellName(by);
  const { language } = useLanguage();
  const option = useMemo(
    () =>
      progressOption(
        cells.map((cell) => ({ name: nameOf(cell), values: steps.map((step) => cell[step]) })),
        steps.map((step) => campaignText[language][`progress.${step}`]),
      ),
    [cells, nameOf, language],
  );
  const columns = useColumns(by);
  const title = text(by === 'institution' ? 'progress.byInstitution' : 'progress.byDistrict');
  if (cells.length === 0)
    return (
      <Section title={title}>
        <Empty why={text('progress.none')} />
      </Section>
    );
  // Where all counts are too small to be shown there is nothing to draw.
  if (!cells.some((cell) => steps.some((step) => cell[step])))
    return (
      <Section title={title} flush>
        <DataTable caption={title} columns={columns} rows={cells} rowKey={({ code }) => code ?? '-'} />
      </Section>
    );
  return (
    <Chart
      title={title}
      unit={text('progress.unit')}
      asOf={progress.asOf}
      option={option}
      height={Math.max(150, cells.length * 52 + 60)}
      columns={columns}
      rows={cells}
      rowKey={({ code }) => code ?? '-'}
      exportName={`first-loan-${by}`}
    />
  );
}

function useCellName(by: By) {
  const institutionName = useInstitutionName();
  const word = useWord();
  const { language } = useLanguage();
  return useMemo(() => {
    const texts = campaignText[language];
    return ({ code }: ProgressCell): string => {
      if (code === null) return texts[by === 'institution' ? 'progress.nobody' : 'progress.unknown'];
      return by === 'institution' ? institutionName(code) : word('district', code);
    };
  }, [by, institutionName, word, language]);
}

function useColumns(by: By): Column<ProgressCell>[] {
  const text = useText(campaignText);
  const countWords = useCountWords();
  const nameOf = useCellName(by);
  const { language } = useLanguage();
  return [
    { key: 'code', title: text(`progress.${by}`), cell: nameOf, text: nameOf },
    ...[...steps, ...ends].map((key): Column<ProgressCell> => ({
      key,
      title: text(`progress.${key}`),
      numeric: true,
      cell: (cell) => countWords(cell[key]),
      text: (cell) => countWords(cell[key]),
    })),
    {
      key: 'lentFen',
      title: `${text('progress.lentFen')} (${moneyUnit[language]})`,
      numeric: true,
      cell: ({ lentFen }) => <Money fen={lentFen} bare />,
      text: ({ lentFen }) => (lentFen === null ? '' : moneyFigure(lentFen, language).replaceAll(',', '')),
    },
  ];
}
