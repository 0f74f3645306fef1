import { fc, test as property } from '@fast-check/jest';

import {
  checkUscc,
  makeUscc,
  normaliseUscc,
  organisationCheckDigit,
  parseUscc,
  usccCheckDigit,
  usccSerialMax,
} from './uscc.js';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('a unified social credit code', () => {
  it.each([
    ['91350100M000100Y43', 'the teaching example'],
    ['91350200776049653A', 'check letter A'],
    ['9135021359498494XQ', 'organisation check X, check letter Q'],
    ['91320599MA1XEJXE10', 'a sum that 31 divides, where the digit is 0'],
    ['91320599MA1XB97R9Y', 'check letter Y, the last of the alphabet'],
    ['91320599MA1XAY4CXE', 'organisation check X'],
    ['91320599MA1X272H0A', 'organisation check 0'],
    ['91320505MA1XT00150', 'Suzhou 虎丘区'],
    ['91320506MA1XT00239', 'Suzhou 吴中区'],
    ['91320507MA1XT0031J', 'Suzhou 相城区'],
    ['91320508MA1XT004XQ', 'Suzhou 姑苏区'],
    ['91320509MA1XT00587', 'Suzhou 吴江区'],
    ['91320581MA1XT00745', 'Suzhou 常熟市'],
    ['91320582MA1XT0082E', 'Suzhou 张家港市'],
    ['91320583MA1XT0090P', 'Suzhou 昆山市'],
    ['91320585MA1XT00A9H', 'Suzhou 太仓市'],
  ])('%s is accepted: %s', (code) => {
    expect(checkUscc(code)).toEqual({
      normalised: code,
      valid: true,
      reason: null,
      disposition: 'ACCEPT',
      organisationCheckDigit: true,
    });
  });

  it.each([
    ['5332050549ABWBKD9K', 'CHECK_DIGIT', 'QUARANTINE'],
    ['94130102APATAU54XF', 'CHECK_DIGIT', 'QUARANTINE'],
    ['93640305BEL20R662E', 'CHECK_DIGIT', 'QUARANTINE'],
    ['91310115MA1G4L1WXK', 'CHECK_DIGIT', 'QUARANTINE'],
    ['91350203M0001QAY9B', 'CHECK_DIGIT', 'QUARANTINE'],
    ['92650104IWQUXBUT0U', 'ALPHABET', 'REJECT'],
    ['91530102MJU3IK2027', 'ALPHABET', 'REJECT'],
    ['91500103RBNHHR4JI1', 'ALPHABET', 'REJECT'],
    ['91350100M000100Y4Z', 'ALPHABET', 'REJECT'],
    ['９1350100M000100Y4企', 'ALPHABET', 'REJECT'],
    ['', 'LENGTH', 'REJECT'],
    ['9', 'LENGTH', 'REJECT'],
    ['93320582', 'LENGTH', 'REJECT'],
    ['91350100M000100Y433', 'LENGTH', 'REJECT'],
    ['91A20102XAFRHXUY0R', 'DIVISION', 'REJECT'],
    ['913F0507BAMKCN96X8', 'DIVISION', 'REJECT'],
    ['9244B305B7912BL91E', 'DIVISION', 'REJECT'],
  ])('%s fails with %s: %s', (code, reason, disposition) => {
    expect(checkUscc(code)).toMatchObject({ valid: false, reason, disposition });
    expect(parseUscc(code)).toBeUndefined();
  });

  it('counts code points, so that one rare character is one of the eighteen', () => {
    expect(checkUscc('91350100M000100Y4𠮷').reason).toBe('ALPHABET');
  });

  it('is accepted with a note when only the organisation code inside is wrong', () => {
    const first17 = '91350100M000100Y5';
    expect(checkUscc(first17 + usccCheckDigit(first17))).toMatchObject({
      valid: true,
      disposition: 'ACCEPT',
      organisationCheckDigit: false,
    });
  });

  it.each(['1', 'N', 'A', 'Y'])('may come from department %s', (department) => {
    const first17 = `${department}1350100M000100Y4`;
    expect(checkUscc(first17 + usccCheckDigit(first17)).valid).toBe(true);
  });

  it('is read in full width, lower case and with spaces of any kind', () => {
    expect(normaliseUscc(' ９１３５０１００\u3000m000\u00a0100y4\t3\r\n')).toBe('91350100M000100Y43');
  });

  it('never turns a letter that looks like a digit into that digit', () => {
    expect(normaliseUscc('iosvz')).toBe('IOSVZ');
  });

  it.each([
    ['D2143569', 'X'],
    ['77604965', '3'],
    ['M000100Y', '4'],
    ['59498494', 'X'],
  ])('holds an organisation code: %s ends with %s', (body, check) => {
    expect(organisationCheckDigit(body)).toBe(check);
  });
});

const serial = fc.integer({ min: 0, max: usccSerialMax });

property.prop([serial])('a made-up code passes every check', (made) => {
  expect(checkUscc(makeUscc('320599', made))).toMatchObject({ valid: true, organisationCheckDigit: true });
});

property.prop([serial, serial])('two serials never give one code', (one, other) => {
  expect(makeUscc('320505', one) === makeUscc('320505', other)).toBe(one === other);
});

property.prop([serial, fc.nat(17), fc.nat(29)])('no wrong character passes unseen', (made, place, shift) => {
  const code = makeUscc('320505', made);
  const wrong = alphabet.charAt((alphabet.indexOf(code.charAt(place)) + 1 + shift) % 31);
  expect(checkUscc(code.slice(0, place) + wrong + code.slice(place + 1)).valid).toBe(false);
});

property.prop([fc.string({ unit: 'binary' })])('no text makes the check throw, and normal form is final', (text) => {
  const { normalised } = checkUscc(text);
  expect(checkUscc(normalised).reason).toBe(checkUscc(text).reason);
});
