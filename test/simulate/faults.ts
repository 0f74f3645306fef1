import { LaneConnection } from '../../apps/marketplace/src/grab/lane-connection.driver.js';

type Write = LaneConnection['write'];
export type Fault = 'lost before the commit' | 'lost after the commit';

const lost = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

/** Breaks the lane's connection at the two points that matter: before its commit, and between the commit and its answer. */
export class Faults {
  private next: Fault | undefined;

  constructor() {
    const write = Object.getOwnPropertyDescriptor(LaneConnection.prototype, 'write')!.value as Write;
    const take = (): Fault | undefined => {
      const fault = this.next;
      this.next = undefined;
      return fault;
    };
    LaneConnection.prototype.write = async function writeOrBreak(this: LaneConnection, ...given: Parameters<Write>) {
      const fault = take();
      if (fault === 'lost before the commit') throw lost();
      await write.apply(this, given);
      if (fault === 'lost after the commit') throw lost();
    };
  }

  /** The next batch that writes meets it. */
  arm(fault: Fault): void {
    this.next = fault;
  }

  disarm(): void {
    this.next = undefined;
  }
}
