import type { BackOff } from './attempt/back-off.rules.js';

/** A limit of this service: from when it holds, what it rests on, and why it is what it is. */
interface Limit {
  value: number;
  from: string;
  source: string;
  reason: string;
}

const own = '信桥 access policy 1';
const nist = 'NIST SP 800-63B-4 §3.1.1, §3.2.2';
const owasp = 'OWASP Password Storage Cheat Sheet';

/** How soon a caller may try again after wrong passwords, per login and network. */
export const signInLimits = {
  freeFailures: { value: 5, from: '2026-01-01', source: own, reason: 'a person mistypes a few times before thinking' },
  firstWaitSeconds: { value: 10, from: '2026-01-01', source: own, reason: 'felt by a program, not by a person' },
  waitSecondsMax: {
    value: 900,
    from: '2026-01-01',
    source: nist,
    reason: '96 guesses a day: a good password outlives it',
  },
  forgottenAfterSeconds: {
    value: 86_400,
    from: '2026-01-01',
    source: own,
    reason: 'yesterday says nothing about today',
  },
} satisfies Record<keyof BackOff, Limit>;

/** The same for wrong legal representatives, per enterprise: names are few and easily guessed. */
export const registrationLimits = {
  freeFailures: { value: 5, from: '2026-01-01', source: own, reason: 'variants of one name are soon used up' },
  firstWaitSeconds: { value: 60, from: '2026-01-01', source: own, reason: 'time to look at the licence' },
  waitSecondsMax: { value: 3_600, from: '2026-01-01', source: own, reason: 'a list of common names takes months' },
  forgottenAfterSeconds: {
    value: 86_400,
    from: '2026-01-01',
    source: own,
    reason: 'an applicant may start anew tomorrow',
  },
} satisfies Record<keyof BackOff, Limit>;

/** What a password must be, and what checking one costs. */
export const passwordLimits = {
  lengthMin: { value: 12, from: '2026-01-01', source: nist, reason: 'long beats complicated' },
  lengthMax: { value: 128, from: '2026-01-01', source: nist, reason: 'room for a sentence, bounded work for us' },
  distinctMin: { value: 5, from: '2026-01-01', source: own, reason: 'twelve times one letter is no password' },
  memoryKib: { value: 19_456, from: '2026-01-01', source: owasp, reason: '19 MiB make guessing on GPUs dear' },
  passes: { value: 2, from: '2026-01-01', source: owasp, reason: 'with 19 MiB; about 50 ms of one core' },
  lanes: { value: 1, from: '2026-01-01', source: owasp, reason: 'one check uses one core' },
  waitingMax: { value: 400, from: '2026-01-01', source: own, reason: 'beyond it the last would wait over ten seconds' },
} satisfies Record<string, Limit>;

export const sessionLimits = {
  hours: { value: 12, from: '2026-01-01', source: own, reason: 'a working day; then the password is asked again' },
  keyRetirementMinutes: {
    value: 20,
    from: '2026-01-01',
    source: own,
    reason: 'longer than a token lives (15 minutes)',
  },
  keptDays: {
    value: 180,
    from: '2026-01-01',
    source: '网络安全法 art. 21(3)',
    reason: 'who was signed in when, six months back',
  },
} satisfies Record<string, Limit>;

export const backOffOf = (limits: Record<keyof BackOff, Limit>): BackOff => ({
  freeFailures: limits.freeFailures.value,
  firstWaitSeconds: limits.firstWaitSeconds.value,
  waitSecondsMax: limits.waitSecondsMax.value,
  forgottenAfterSeconds: limits.forgottenAfterSeconds.value,
});

/** Two pairs of eyes before an enterprise may sign, where the registry match alone does not prove who applies. */
export const approvalsNeeded = 2;
