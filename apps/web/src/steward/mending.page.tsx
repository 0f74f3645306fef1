import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { Accounts } from './accounts.part.js';
import { ActTable } from './acts.part.js';
import { AllowedCodes } from './allowed-codes.part.js';
import { Claims } from './claims.part.js';
import { Corrections } from './corrections.part.js';
import { ReasonTable } from './reasons.part.js';
import { SetAsideRows } from './set-aside.part.js';
import { stewardText } from './steward.text.js';

const tabs = {
  rows: SetAsideRows,
  reasons: ReasonTable,
  acts: ActTable,
  claims: Claims,
  corrections: Corrections,
  accounts: Accounts,
  codes: AllowedCodes,
} as const;
const names = Object.keys(tabs) as (keyof typeof tabs)[];

/** What did not go in by itself, and what is wrong although it did: for data officers and operators. */
export function MendingPage() {
  const text = useText(stewardText);
  const title = useText(frameText)('operator.mending');
  const { data: me } = useMe();
  // The list of codes is the platform's: they hold for the feeds of every source.
  const shown = me?.roles.includes('operator') ? names : names.filter((name) => name !== 'codes');
  return (
    <Page title={title} question={text('question')} actions={<Link to="/lineage">{text('trace')}</Link>}>
      <Tabs
        label={title}
        names={shown}
        title={(name) => text(`tab.${name}`)}
        clears={['state', 'kind', 'feed', 'account', 'uscc']}
      >
        {(name) => {
          const View = tabs[name];
          return <View />;
        }}
      </Tabs>
    </Page>
  );
}
