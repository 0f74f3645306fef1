import type { Reason } from '@app/kernel';
import type { Evaluation, RuleSet } from '@app/rules';
import { ApiProperty } from '@nestjs/swagger';

export class ReasonResponse {
  code: string;
  zh: string;
  en: string;
}

const verdicts = ['PASS', 'FAIL', 'NEEDS_EXPERT'];
const routes = ['SCORE', 'DIRECT'];

export class EvaluationResponse {
  ruleSet: string;
  ruleSetVersion: string;
  /** Where the version stands. */
  source: string;
  asOf: string;
  @ApiProperty({ enum: verdicts })
  verdict: string;
  @ApiProperty({ type: String, enum: routes, nullable: true })
  route: string | null;
  /** Given even when a gate fails; null when a part of it cannot be computed. */
  total: number | null;
  scoreGate: boolean | null;
  directPass: boolean | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'boolean', nullable: true } })
  gates: Record<string, boolean | null>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer', nullable: true } })
  points: Record<string, number | null>;
  reasons: ReasonResponse[];
}

export const toReasonResponse = ({ code, zh, en }: Reason): ReasonResponse => ({ code, zh, en });

export const toEvaluationResponse = (evaluation: Evaluation, { source }: RuleSet): EvaluationResponse => ({
  ruleSet: evaluation.ruleSet,
  ruleSetVersion: evaluation.ruleSetVersion,
  source,
  asOf: evaluation.asOf,
  verdict: evaluation.verdict,
  route: evaluation.route,
  total: evaluation.total,
  scoreGate: evaluation.scoreGate,
  directPass: evaluation.directPass,
  gates: { ...evaluation.gates },
  points: { ...evaluation.points },
  reasons: evaluation.reasons.map(toReasonResponse),
});
