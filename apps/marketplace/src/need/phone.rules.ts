/** Mobile; land line with area code and extension; 400 and 800 numbers. */
const forms = [/^1[3-9]\d{9}$/, /^0\d{2,3}-?[2-9]\d{6,7}(-\d{1,6})?$/, /^[48]00-?\d{3}-?\d{4}$/];

/** A telephone number of the mainland in plain digits and hyphens; undefined when it is none. */
export function parsePhone(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s()]/g, '')
    .replace(/^(\+86|0086)-?/, '');
  const mobile = plain.replaceAll('-', '');
  if (forms[0]!.test(mobile)) return mobile;
  return forms.some((form) => form.test(plain)) ? plain : undefined;
}
