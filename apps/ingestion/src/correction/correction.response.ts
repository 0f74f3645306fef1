export class AccountsResponse {
  feed: string;
  /** How many accounts were mapped. */
  mapped: number;
  addedAt: string;
}

export class AllowedCodeResponse {
  uscc: string;
  reason: string;
  addedAt: string;
}
