import { AppError, Forbidden, NotFound } from '@app/kernel';

export class CampaignNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.CAMPAIGN_NOT_FOUND';
  constructor() {
    super('campaign');
  }
}

export class TargetNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.TARGET_NOT_FOUND';
  constructor() {
    super('enterprise of a campaign');
  }
}

export class CampaignNotMovable extends AppError {
  override readonly code = 'MARKETPLACE.CAMPAIGN_NOT_MOVABLE';
  constructor(status: string) {
    super('conflict', `the campaign is ${status}`);
  }
}

export class TargetEnded extends AppError {
  override readonly code = 'MARKETPLACE.TARGET_ENDED';
  constructor(status: string) {
    super('conflict', `this enterprise has come to an outcome: ${status}`);
  }
}

export class NotForCampaign extends Forbidden {
  override readonly code = 'MARKETPLACE.NOT_FOR_CAMPAIGN';
  constructor() {
    super('progress is for the office that runs the campaign, regulators, the operator and the banks that take part');
  }
}
