import { day } from '@app/kernel';

import type { ScorecardModel } from '../scorecard-model.js';
import { operation, potential, qualification, resilience } from './dimensions-2026a-enterprise.js';
import { input, output, talent, titles } from './dimensions-2026a-innovation.js';

/**
 * First innovation portrait over the eight dimensions of “1+8”. The official index has 65 indicators whose
 * weights were never published: the 30 here, their lines and all weights are our own and marked provisional.
 */
export const innovationPortrait2026a: ScorecardModel = {
  code: 'innovation-portrait',
  version: '2026a',
  effectiveFrom: day('2020-01-01'),
  source: '科创指数“1+8”的八个维度；指标、权重与分段为平台自定（暂行），官方权重未公布',
  provisional: true,
  scaleMin: 0,
  scaleMax: 1_000,
  coverageMinBp: 2_500,
  bands: [
    { band: 'A', from: 750 },
    { band: 'B', from: 600 },
    { band: 'C', from: 450 },
    { band: 'D', from: 300 },
    { band: 'E', from: 0 },
  ],
  dimensions: [qualification, operation, titles, talent, input, output, potential, resilience],
};
