import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { useUrl } from '../parts/url.query.js';
import { bankText } from './bank.text.js';
import { Board } from './board.part.js';
import { boardText } from './board.text.js';
import { Entries } from './entries.part.js';
import { FitDrawer } from './fit.part.js';
import { Searches } from './searches.part.js';

const tabs = ['board', 'full', 'mine', 'searches'] as const;

export function LeadsPage() {
  const text = useText(bankText);
  const words = useText(boardText);
  const title = useText(frameText)('bank.leads');
  const { get, set } = useUrl();
  const views = {
    board: <Board room="LEFT" />,
    full: <Board room="FULL" />,
    mine: <Entries />,
    searches: <Searches />,
  };
  return (
    <Page title={title} question={text('leads.question')}>
      <Tabs label={title} names={tabs} title={(name) => words(`tab.${name}`)}>
        {(name) => views[name]}
      </Tabs>
      <FitDrawer needId={get('need')} close={() => set({ need: undefined })} />
    </Page>
  );
}
