import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';

/** A page in a chunk of its own room; nothing of a room is loaded before somebody goes there. */
function page<Name extends string>(
  path: string,
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
): RouteObject {
  return { path, lazy: async () => ({ Component: (await load())[name] }) };
}

/** The same three pages in the rooms of all who write lists and campaigns, or work on them. */
const outreachOf = (room: string): RouteObject[] => [
  page(`${room}/outreach`, () => import('../outreach/outreach.page.js'), 'OutreachPage'),
  page(`${room}/outreach/lists/:id`, () => import('../outreach/listing.page.js'), 'ListingPage'),
  page(`${room}/outreach/campaigns/:id`, () => import('../outreach/campaign.page.js'), 'CampaignPage'),
];

const enterprise: RouteObject[] = [
  page('enterprise/needs', () => import('../enterprise/needs.page.js'), 'NeedsPage'),
  page('enterprise/needs/new', () => import('../enterprise/draft.page.js'), 'DraftPage'),
  page('enterprise/offers', () => import('../enterprise/offers.page.js'), 'OffersPage'),
  page('enterprise/portrait', () => import('../enterprise/portrait.page.js'), 'PortraitPage'),
  page('enterprise/evaluation', () => import('../evaluation/evaluation.page.js'), 'EvaluationPage'),
  page('enterprise/authorisations', () => import('../enterprise/authorisations.page.js'), 'AuthorisationsPage'),
  page('enterprise/reads', () => import('../enterprise/reads.page.js'), 'ReadsPage'),
  page('enterprise/invitations', () => import('../enterprise/invitations.page.js'), 'InvitationsPage'),
];

const bank: RouteObject[] = [
  page('bank/leads', () => import('../bank/leads.page.js'), 'LeadsPage'),
  page('bank/cases', () => import('../bank/cases.page.js'), 'CasesPage'),
  page('bank/cases/:id', () => import('../bank/case.page.js'), 'CasePage'),
  page('bank/products', () => import('../bank/products.page.js'), 'ProductsPage'),
  ...outreachOf('bank'),
  page('bank/service', () => import('../score/own-score.page.js'), 'OwnScorePage'),
  page('bank/webhooks', () => import('../webhook/webhooks.page.js'), 'WebhooksPage'),
  page('bank/people', () => import('../operator/people.page.js'), 'OwnPeoplePage'),
];

const regulator: RouteObject[] = [
  page('regulator/overview', () => import('../regulator/overview.page.js'), 'OverviewPage'),
  page('regulator/distribution', () => import('../regulator/distribution.page.js'), 'DistributionPage'),
  ...outreachOf('regulator'),
  page('regulator/service', () => import('../score/ranking.page.js'), 'RankingPage'),
  page('regulator/quality', () => import('../regulator/quality.page.js'), 'QualityPage'),
];

const operator: RouteObject[] = [
  page('operator/desk', () => import('../steward/desk.page.js'), 'DeskPage'),
  page('operator/feeds', () => import('../steward/data-board.page.js'), 'DataBoardPage'),
  page('operator/batches', () => import('../operator/batches.page.js'), 'BatchesPage'),
  page('operator/batches/:id', () => import('../operator/batch.page.js'), 'BatchPage'),
  page('operator/mending', () => import('../steward/mending.page.js'), 'MendingPage'),
  page('operator/dead-letters', () => import('../operator/dead-letters.page.js'), 'DeadLettersPage'),
  page('operator/limits', () => import('../operator/limits.page.js'), 'LimitsPage'),
  page('operator/operation', () => import('../operation/operation.page.js'), 'OperationPage'),
  page('operator/watch', () => import('../watch/watch.page.js'), 'WatchPage'),
  ...outreachOf('operator'),
  page('operator/organisations', () => import('../operator/organisations.page.js'), 'OrganisationsPage'),
  page('operator/organisations/:id', () => import('../operator/people.page.js'), 'PeoplePage'),
];

const home: RouteObject = { index: true, lazy: async () => ({ Component: (await import('./home.part.js')).Home }) };

export const router = createBrowserRouter([
  {
    hydrateFallbackElement: <></>,
    children: [
      page('/sign-in', () => import('../sign-in/sign-in.page.js'), 'SignInPage'),
      page('/register', () => import('../sign-in/register.page.js'), 'RegisterPage'),
      {
        path: '/',
        lazy: async () => ({ Component: (await import('./frame.part.js')).Frame }),
        children: [
          home,
          ...enterprise,
          ...bank,
          ...regulator,
          ...operator,
          page('contracts/:feed', () => import('../contract/contract.page.js'), 'ContractPage'),
          page('sources', () => import('../source/sources.page.js'), 'SourcesPage'),
          page('lineage', () => import('../lineage/lineage.page.js'), 'LineagePage'),
          page('notices', () => import('../notice/notices.page.js'), 'NoticesPage'),
          page('*', () => import('./missing.page.js'), 'MissingPage'),
        ],
      },
    ],
  },
]);
