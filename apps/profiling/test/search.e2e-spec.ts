import { makeUscc, type Uscc } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
import { enterprises, type Firms, startFirms } from './firms.js';

describe('search', () => {
  let firms: Firms;
  let bank: TestClient;
  const [first, second, third] = [makeUscc('320505', 1), makeUscc('320506', 2), makeUscc('320583', 3)] as const;
  beforeAll(async () => {
    firms = await startFirms();
    await firms.deliver(first, 'registry.enterprise', {
      name: '苏州AB12光试验00有限公司',
      division: '320505',
      industry: 'C3973',
    });
    await firms.deliver(second, 'registry.enterprise', {
      name: '吴中（云图）软件有限公司',
      division: '320506',
      industry: 'I6513',
    });
    await firms.deliver(third, 'registry.enterprise', { name: '昆山智造有限公司', former_names: [] });
    await firms.deliver(first, 'tech.title');
    await firms.score();
    bank = await firms.service.as('account-manager');
  });
  afterAll(() => firms.service.stop());

  const find = async (query: Record<string, string>): Promise<Uscc[]> => {
    const { body } = await bank.get(`${enterprises}?${new URLSearchParams(query).toString()}`);
    return body.items.map(({ uscc }: { uscc: Uscc }) => uscc);
  };

  it('shows public facts and nothing else', async () => {
    const { body } = await bank.get(`${enterprises}?q=${encodeURIComponent('AB12光')}`);
    expect(body).toEqual({
      items: [
        {
          uscc: first,
          name: '苏州AB12光试验00有限公司',
          district: '320505',
          industry: 'C3973',
          tier: 'T3',
          titles: ['高新技术企业'],
          status: '存续',
        },
      ],
      nextCursor: null,
      servedBy: 'postgresql',
      degraded: false,
    });
  });

  it.each([
    [{ q: '光试' }, [first]],
    [{ q: '图' }, [second]],
    [{ q: '(云图)' }, [second]],
    [{ q: '旧名科技' }, [first, second]],
    [{ q: '舊名科技' }, [first, second]],
    [{ q: 'yuntu' }, [second]],
    [{ q: 'YunTu ruanj' }, [second]],
    [{ q: 'kszz' }, [third]],
    [{ q: '吴中云土软件' }, [second]],
    [{ q: third }, [third]],
    [{ q: third.slice(0, 8).toLowerCase() }, [third]],
    [{ tier: 'T3' }, [first]],
    [{ tier: 'NONE' }, [second, third]],
    [{ district: '320506' }, [second]],
    [{ industry: 'C' }, [first, third]],
    [{ industry: '39' }, [first, third]],
    [{ industry: 'C3973' }, [first]],
    [{ industry: '65', q: '软件' }, [second]],
    [{ industry: '65', q: '智造' }, []],
    [{ q: '' }, [first, second, third]],
  ])('%j', async (query, usccs) => {
    expect((await find(query as Record<string, string>)).toSorted()).toEqual(usccs.toSorted());
  });

  it('comes page by page', async () => {
    const one = (await bank.get(`${enterprises}?limit=2`)).body;
    const two = (await bank.get(`${enterprises}?limit=2&cursor=${one.nextCursor}`)).body;
    expect([...one.items, ...two.items].map(({ uscc }: { uscc: Uscc }) => uscc).toSorted()).toEqual(
      [first, second, third].toSorted(),
    );
    expect(two.nextCursor).toBeNull();
  });

  it.each([
    ['tier=T9'],
    ['district=32'],
    ['industry=39%27'],
    ['limit=1000'],
    ['cursor=x'],
    [`cursor=${Buffer.from('[7,"a","b"]').toString('base64url')}`],
    ['name=x'],
    [`q=${'a'.repeat(101)}`],
  ])('refuses %s', async (query) => {
    expect((await bank.get(`${enterprises}?${query}`)).status).toBe(422);
  });

  it('is not for enterprises, sources and regulators', async () => {
    for (const role of ['enterprise', 'source', 'regulator'] as const)
      expect(
        (await (await firms.service.as(role, role === 'enterprise' ? { uscc: first } : {})).get(enterprises)).status,
      ).toBe(403);
    expect((await (await firms.service.as('operator')).get(enterprises)).status).toBe(200);
  });
});
