import { MenuOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Layout } from 'antd';
import { useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';

import { useMe, type Me } from '../client/session.query.js';
import { Answer, Skeleton } from '../parts/states.part.js';
import { PasswordPage } from '../sign-in/password.page.js';
import { frameText } from './frame.text.js';
import { useText } from './language.part.js';
import { mayEnter } from './menu.option.js';
import { Menu } from './menu.part.js';
import { MissingPage } from './missing.page.js';
import { TopBar } from './top-bar.part.js';

/** Everything behind the sign-in: menu on the left, who one is on top, the page in the middle. */
export function Frame() {
  const me = useMe();
  const { pathname, search } = useLocation();
  if (me.data === null) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  return (
    <Answer query={me} rows={8}>
      {(who) =>
        who?.mustChangePassword ? (
          <PasswordPage />
        ) : who ? (
          <App component={false} message={{ maxCount: 2 }}>
            <Framed me={who} />
          </App>
        ) : (
          <Skeleton />
        )
      }
    </Answer>
  );
}

function Framed({ me }: { me: Me }) {
  const text = useText(frameText);
  const { pathname, search } = useLocation();
  const [drawer, setDrawer] = useState(false);
  useSlashForSearch();
  useEffect(() => {
    setDrawer(false);
    window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <Layout className="frame">
      <a className="skip" href="#content">
        {text('skip')}
      </a>
      <Layout.Sider width={208} className="side">
        <Menu roles={me.roles} />
      </Layout.Sider>
      <Drawer
        open={drawer}
        onClose={() => setDrawer(false)}
        placement="left"
        size={256}
        className="side-drawer"
        title={text('menu')}
      >
        <Menu roles={me.roles} />
      </Drawer>
      <Layout>
        <Layout.Header className="top">
          <Button
            className="open-menu"
            type="text"
            icon={<MenuOutlined aria-hidden />}
            aria-label={text('menu.open')}
            onClick={() => setDrawer(true)}
          />
          <TopBar me={me} />
        </Layout.Header>
        <main id="content" className="content" tabIndex={-1} data-at={pathname + search}>
          {me.organisation.status === 'PENDING' ? <p className="notice">{text('pending')}</p> : null}
          {mayEnter(pathname, me.roles) ? <Outlet /> : <MissingPage />}
        </main>
      </Layout>
    </Layout>
  );
}

/** `/` goes to the search of the page, unless one is writing already. */
function useSlashForSearch() {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const writing = event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]');
      if (event.key !== '/' || writing || event.ctrlKey || event.metaKey || event.altKey) return;
      const search = document.querySelector<HTMLInputElement>('input[data-search], [data-search] input');
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
