export type ActKind =
  | 'SIGN'
  | 'REVOKE'
  | 'DRAFT'
  | 'PUBLISH'
  | 'WITHDRAW'
  | 'GRAB'
  | 'CONTACT'
  | 'QUERY'
  | 'OFFER'
  | 'DECLINE'
  | 'RELEASE'
  | 'ACCEPT'
  | 'DISBURSE'
  | 'PRODUCT'
  | 'PROPOSE_LIMIT'
  | 'REJECT_LIMIT'
  | 'SCORE_BANKS'
  | 'PUBLISH_SCORES';

/** One thing that somebody did on the market: a request to a service, at an instant of the past. */
export interface MarketAct {
  readonly at: Date;
  readonly kind: ActKind;
  /** Unique in the plan: the idempotency key, and the name of what the act makes. */
  readonly key: string;
  /** Acts of one thread follow each other; acts of different threads do not wait for each other. */
  readonly thread: string;
  /** Login of who acts. */
  readonly by: string;
  readonly service: 'credit' | 'marketplace';
  /** Below the service's prefix; `{key}` stands for the id that the act of that key was answered with. */
  readonly path: string;
  readonly body: object;
}

/** A finance officer who acts in the history of an enterprise. */
export interface Officer {
  readonly login: string;
  readonly name: string;
  readonly uscc: string;
}

export interface MarketPlan {
  /** The year, oldest first, all before `now`. */
  readonly acts: readonly MarketAct[];
  /** When the market's own deadlines have to be looked at: between the acts, as deadlines end with their day. */
  readonly sweeps: readonly Date[];
  /** Enterprises that act, besides the two with a password. */
  readonly officers: readonly Officer[];
}
