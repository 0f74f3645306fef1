import { createBrowserRouter, type RouteObject } from 'react-router';

/** One lazy chunk per room; the frame itself is not needed before sign-in either. */
const inside: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('./home.part.js')).Home }) },
  { path: '*', lazy: async () => ({ Component: (await import('./missing.page.js')).MissingPage }) },
];

export const router = createBrowserRouter([
  { path: '/sign-in', lazy: async () => ({ Component: (await import('../sign-in/sign-in.page.js')).SignInPage }) },
  { path: '/register', lazy: async () => ({ Component: (await import('../sign-in/register.page.js')).RegisterPage }) },
  {
    path: '/',
    hydrateFallbackElement: <></>,
    lazy: async () => ({ Component: (await import('./frame.part.js')).Frame }),
    children: inside,
  },
]);
