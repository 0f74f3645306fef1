import type { InputFault } from '@app/kernel';

/** What the registry feed says about a code. */
export interface RegistryEntry {
  name: string;
  legalRepresentative: string;
  status: string;
}

/** 存续: the only state of business in which an enterprise can open an account. */
const inBusiness = '存续';

/** Names are compared without spaces, middle dots and width variants, which differ from one keyboard to the next. */
const normalName = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/[\s·•・‧∙.]/gu, '')
    .toLowerCase();

type ClaimFault = InputFault & { guess: boolean };

/** Why a claim to speak for an enterprise fails; undefined when the registry bears it out. Never tells the name. */
export function faultOfClaim(entry: RegistryEntry | undefined, legalRepresentative: string): ClaimFault | undefined {
  if (!entry) return { pointer: '/uscc', detail: 'is not in the registry feed', guess: false };
  if (!isSameName(entry.legalRepresentative, legalRepresentative))
    return { pointer: '/legalRepresentative', detail: 'does not match the registry feed', guess: true };
  if (entry.status !== inBusiness)
    return { pointer: '/uscc', detail: 'is not in business (存续) according to the registry feed', guess: false };
  return undefined;
}

/** A registry without a name proves nobody right, not even whoever types nothing but a dot. */
const isSameName = (held: string, told: string): boolean =>
  normalName(held) !== '' && normalName(held) === normalName(told);
