let lastMillis = -1;
let counter = 0;

/** Random words for a few hundred ids at a time: asking for twelve bytes costs as much as asking for thousands. */
const randomWords = new Uint32Array(1_536);
let randomPlace = randomWords.length;

/**
 * A UUID of version 7 (RFC 9562) for the instant `at`: sorts by time, so that new rows land side by side in an
 * index. Ids of one process for the same millisecond keep their order too (32-bit counter, started at random), which
 * lists by id rely on. Not a secret: the counter makes a neighbour guessable. Throws RangeError before 1970 and
 * after the year 10889.
 */
export function uuidv7(at: Date): string {
  const millis = at.getTime();
  if (!(millis >= 0 && millis < 2 ** 48)) throw new RangeError('no instant that a version 7 id can hold');
  const random = threeRandomWords();
  counter = millis === lastMillis ? (counter + 1) >>> 0 : Number(random[0]) >>> 1;
  lastMillis = millis;

  const time = hex(millis, 12);
  const high = hex(counter >>> 20, 3);
  // Two variant bits, then the counter's low 20 bits and 42 random bits fill the last 64 bits.
  const low =
    (0b10n << 62n) |
    (BigInt(counter & 0xf_ffff) << 42n) |
    (BigInt(Number(random[1]) & 0x3ff) << 32n) |
    BigInt(Number(random[2]));
  const tail = low.toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${high}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

function threeRandomWords(): Uint32Array {
  if (randomPlace === randomWords.length) {
    crypto.getRandomValues(randomWords);
    randomPlace = 0;
  }
  randomPlace += 3;
  return randomWords.subarray(randomPlace - 3, randomPlace);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
