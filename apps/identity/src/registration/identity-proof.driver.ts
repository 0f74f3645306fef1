/** Who applies, as far as it is known when the registry bears the claim out. */
export interface Claim {
  uscc: string;
  legalRepresentative: string;
}

/** ACTIVE: proved. PENDING: may look around, may sign nothing until people have looked at it. */
export type Proof = 'ACTIVE' | 'PENDING';

/** How it is proved that an applicant speaks for the enterprise; the registry match has been made before. */
export abstract class IdentityProof {
  /** Kept with the registration: by what it was let in. */
  abstract readonly kind: string;
  /** Let in by the demo city alone, hence accepted only while the city is on. */
  abstract readonly demo: boolean;
  abstract prove(claim: Claim): Promise<Proof>;
}

/** The demo city: who knows the legal representative of a fictional enterprise may act for it. */
export class RegistryMatchProof extends IdentityProof {
  readonly kind = 'REGISTRY_MATCH';
  readonly demo = true;

  prove(): Promise<Proof> {
    return Promise.resolve('ACTIVE');
  }
}

/** Everywhere else: the registry is public, so a match proves nothing; two operators check the papers. */
export class OperatorProof extends IdentityProof {
  readonly kind = 'TWO_OPERATORS';
  readonly demo = false;

  prove(): Promise<Proof> {
    return Promise.resolve('PENDING');
  }
}
