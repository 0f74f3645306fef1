export class AccountResponse {
  feed: string;
  account: string;
  uscc: string;
  addedAt: string;
}

export class AllowedCodeResponse {
  uscc: string;
  reason: string;
  addedAt: string;
}
