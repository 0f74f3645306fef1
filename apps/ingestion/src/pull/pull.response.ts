export class PullResponse {
  feed: string;
  /** Its pages appear among the batches as they come. */
  status: 'STARTED';
}
