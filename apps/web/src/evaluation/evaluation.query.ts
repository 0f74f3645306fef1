import { useMutation } from '@tanstack/react-query';

import { api, take } from '../client/api.query.js';
import type { components } from '../client/generated/profiling.js';
import { bodyOf, type Figures, type RuleSetCode } from './figures.rules.js';

type Schemas = components['schemas'];
export type Evaluation = Schemas['EvaluationResponse'];

export interface Question {
  readonly ruleSet: RuleSetCode;
  readonly asOf: string;
  readonly figures: Figures;
}

/** A computation and no act: nothing is kept, and asking twice gives the same answer. */
export function useEvaluation() {
  return useMutation({
    mutationFn: ({ ruleSet, asOf, figures }: Question) =>
      take(
        api.profiling.POST('/api/profiling/evaluations', {
          body: { ruleSet, asOf, figures: bodyOf(ruleSet, figures) },
        }),
      ),
  });
}
