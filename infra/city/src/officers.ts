import { Caller } from './caller.js';
import type { Source } from './catalogue.js';

/** Each source's own data officer, taken on where the source has none yet; by code of the source. */
export async function officersOf(
  operator: Caller,
  sources: readonly Source[],
  { url, password }: { url: string; password: string },
): Promise<Map<string, Caller>> {
  const officers = new Map<string, Caller>();
  for (const source of sources) {
    const organisation = await organisationOf(operator, source);
    const login = `city-${source.code.toLowerCase()}`;
    const person = { login, password, roles: ['source'], displayName: `${source.name.slice(0, 40)}数据员` };
    const { status, body } = await operator.post(`/api/identity/organisations/${organisation}/people`, person);
    // Somebody of an earlier run has the login: the password has to be the same one.
    if (status !== 201 && status !== 409) throw new Error(`${login}: ${status} ${JSON.stringify(body)}`);
    officers.set(source.code, new Caller(url, login, password));
  }
  return officers;
}

async function organisationOf(operator: Caller, { code, name }: Source): Promise<string> {
  const made = await operator.post('/api/identity/organisations', { kind: 'source', code, name });
  if (made.status === 201) return String(made.body['id']);
  const { body } = await operator.get(`/api/identity/organisations?kind=source&q=${code}&limit=100`);
  const found = (body['items'] as { id: string; code: string }[]).find((one) => one.code === code);
  if (!found) throw new Error(`no organisation for ${code}: ${made.status} ${JSON.stringify(made.body)}`);
  return found.id;
}
