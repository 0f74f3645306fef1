import { Button } from 'antd';
import { Link } from 'react-router';

import { useInstitutionName } from '../client/institution.query.js';
import { frameText } from '../frame/frame.text.js';
import { useListing, useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { StateTag, useWord } from '../parts/vocabulary.part.js';
import { loadAuthorisations, type Authorisation } from './consent.query.js';
import { consentText } from './consent.text.js';
import { RevokeAuthorisation } from './revoke-authorisation.part.js';
import { SignAuthorisation } from './sign-authorisation.part.js';

export function AuthorisationsPage() {
  const text = useText(consentText);
  const title = useText(frameText)('enterprise.authorisations');
  const { get, set } = useUrl();
  const signing = get('sign') !== undefined;
  const sign = (
    <Button type="primary" onClick={() => set({ sign: '1' })}>
      {text('sign')}
    </Button>
  );
  const actions = (
    <>
      <Link to="/sources">{text('collected')}</Link>
      {signing ? null : sign}
    </>
  );
  return (
    <Page title={title} question={text('question')} actions={actions}>
      {signing ? <SignAuthorisation close={() => set({ sign: undefined })} /> : null}
      <Section title={text('signed')} flush>
        <Signed next={signing ? null : sign} />
      </Section>
    </Page>
  );
}

function Signed({ next }: { next: React.ReactNode }) {
  const text = useText(consentText);
  return (
    <CursorTable
      caption={text('signed')}
      name={['authorisations']}
      load={loadAuthorisations}
      columns={useColumns()}
      rowKey={({ id }) => id}
      empty={<Empty why={text('none')} next={next} />}
      exportName="authorisations"
    />
  );
}

function useColumns(): Column<Authorisation>[] {
  const text = useText(consentText);
  const word = useWord();
  const nameOf = useInstitutionName();
  const listing = useListing();
  const list = (kind: 'limb' | 'purpose', codes: readonly string[]) => listing(codes.map((code) => word(kind, code)));
  const whom = ({ institutions }: Authorisation) =>
    institutions === 'ALL' ? text('institutions.all') : listing([institutions].flat().map(nameOf));
  return [
    {
      key: 'status',
      title: text('status'),
      cell: ({ status }) => <StateTag kind="authorisation" state={status} />,
      text: ({ status }) => word('authorisation', status),
    },
    {
      key: 'limbs',
      title: text('limbs'),
      cell: ({ limbs }) => list('limb', limbs),
      text: ({ limbs }) => list('limb', limbs),
    },
    { key: 'whom', title: text('institutions'), cell: whom, text: whom },
    {
      key: 'purposes',
      title: text('purposes'),
      cell: ({ purposes }) => list('purpose', purposes),
      text: ({ purposes }) => list('purpose', purposes),
    },
    {
      key: 'term',
      title: text('term'),
      cell: ({ validFrom, validTo }) => (
        <span className="figure">
          {validFrom} – {validTo}
        </span>
      ),
      text: ({ validFrom, validTo }) => `${validFrom} – ${validTo}`,
    },
    {
      key: 'signedAt',
      title: text('signedAt'),
      cell: ({ signedAt }) => <When at={signedAt} />,
      text: ({ signedAt }) => signedAt,
    },
    { key: 'signedBy', title: text('signedBy'), cell: ({ signedBy }) => signedBy, text: ({ signedBy }) => signedBy },
    { key: 'act', title: text('act'), cell: (authorisation) => <RevokeAuthorisation authorisation={authorisation} /> },
  ];
}
