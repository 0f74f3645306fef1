import { LoadingOutlined } from '@ant-design/icons';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { RouterProvider } from 'react-router/dom';

import { ProblemError } from '../client/problem.error.js';
import { isSignedOut, meKey } from '../client/session.query.js';
import { LanguageProvider, useLanguage } from './language.part.js';
import { router } from './router.part.js';
import { theme } from './theme.option.js';

/** Whoever asked the system for less motion has none: dialogs and drawers stand at once. */
const motion = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const dress = { ...theme, token: { ...theme.token, motion } };

/** No name comes with the turning sign: a button is called the same while it waits and afterwards. */
const buttons = { autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> };

/** A refusal is an answer and is not asked for again; a lost one is, twice. */
const client = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (isSignedOut(error)) client.setQueryData(meKey, null); // the frame leads to the sign-in page
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && !(error instanceof ProblemError && error.problem.status < 500),
    },
  },
});

export function Portal() {
  return (
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <Dressed />
      </LanguageProvider>
    </QueryClientProvider>
  );
}

function Dressed() {
  const { language } = useLanguage();
  return (
    <ConfigProvider theme={dress} locale={language === 'zh' ? zhCN : enUS} button={buttons}>
      <RouterProvider router={router} />
    </ConfigProvider>
  );
}
