import { Navigate } from 'react-router';

import { useMe } from '../client/session.query.js';
import { menuOf } from './menu.option.js';
import { MissingPage } from './missing.page.js';

/** The first page is the one of the person's own question. */
export function Home() {
  const { data: me } = useMe();
  const [first] = menuOf(me?.roles ?? []);
  return first ? <Navigate to={first.to} replace /> : <MissingPage />;
}
