import { SignedIn } from '@app/auth';
import { InvalidInput } from '@app/kernel';
import { ruleSetFor } from '@app/rules';
import { NotACommand } from '@app/service';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';

import { RuleSetNotInForce, UnknownRuleSet } from './evaluation.error.js';
import { EvaluationResponse, toEvaluationResponse } from './evaluation.response.js';
import { RunEvaluationRequest } from './run-evaluation.request.js';

@Controller('evaluations')
export class EvaluationController {
  /** Runs an official rule set on supplied figures: the enterprise's self-evaluation [seed L229]. */
  @SignedIn()
  @NotACommand('a pure computation: nothing changes, and the same figures give the same answer')
  @HttpCode(200)
  @Post()
  run(@Body() { ruleSet: code, asOf, figures }: RunEvaluationRequest): EvaluationResponse {
    const found = ruleSetFor(code, asOf);
    if ('missing' in found)
      throw found.missing === 'UNKNOWN_RULE_SET' ? new UnknownRuleSet(found.known) : new RuleSetNotInForce();
    const judged = found.ruleSet.judge(figures);
    if ('errors' in judged)
      throw new InvalidInput(judged.errors.map(({ pointer, detail }) => ({ pointer: `/figures${pointer}`, detail })));
    return toEvaluationResponse(judged.evaluation, found.ruleSet);
  }
}
