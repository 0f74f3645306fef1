import { canonicalJson, type Day, day, sha256Hex } from '@app/kernel';

interface Wording {
  title: string;
  notice: string;
  limbs: Record<'COLLECTION' | 'USE', string>;
  purposes: Record<'PRE_LOAN' | 'POST_LOAN' | 'GUARANTEE' | 'SUBSIDY_REVIEW' | 'RECOMMENDATION', string>;
  institutions: string;
  revocation: string;
}

/** The text that an enterprise signs; a text once signed is never changed, a new one gets a new version and day. */
export interface AuthorisationText {
  version: string;
  inForceFrom: Day;
  zh: Wording;
  en: Wording;
}

/** Oldest first. The wording follows 征信业管理条例 art. 13, 19, 21 and 个人信息保护法 art. 15, 17, 23. */
const texts: readonly AuthorisationText[] = [
  {
    version: '2015-04',
    inForceFrom: day('2015-04-01'),
    zh: {
      title: '企业信用信息采集和查询使用授权书',
      notice: '请逐条阅读后再签署。各项授权均由您自愿选择，不作预先勾选；未授权不影响您使用平台的其他服务。',
      limbs: {
        COLLECTION: '信息采集：同意平台从税务、海关、社保、公用事业、金融机构等单位采集本企业的非公开信用信息。',
        USE: '查询使用：同意下列机构为下列目的，在有效期内查询和使用本企业的信用报告与评分。',
      },
      purposes: {
        PRE_LOAN: '贷前审查',
        POST_LOAN: '贷后管理',
        GUARANTEE: '担保审查',
        SUBSIDY_REVIEW: '政策资金审核',
        RECOMMENDATION: '向金融机构推荐',
      },
      institutions: '被授权机构以本授权书列明的为准；选择“全部机构”的，指平台全部征信成员机构。',
      revocation:
        '您可以随时撤回授权。撤回后立即停止新的采集和查询，撤回前依授权已完成的采集、查询和已受理的业务不受影响。',
    },
    en: {
      title: 'Authorisation to collect, query and use credit information of the enterprise',
      notice:
        'Read each point before you sign. Every limb is your free choice and none is ticked beforehand; without it all other services of the platform stay open to you.',
      limbs: {
        COLLECTION:
          'Collection: the platform may collect non-public credit information about this enterprise from tax, customs, social insurance, utilities, financial institutions and other suppliers.',
        USE: 'Query and use: the institutions named below may query and use credit reports and scores of this enterprise for the purposes named below while this authorisation is valid.',
      },
      purposes: {
        PRE_LOAN: 'review before a loan',
        POST_LOAN: 'monitoring of a loan',
        GUARANTEE: 'review of a guarantee',
        SUBSIDY_REVIEW: 'review for public funds',
        RECOMMENDATION: 'recommendation to institutions',
      },
      institutions:
        'Only the institutions listed here are authorised; “all” means every credit member of the platform.',
      revocation:
        'You may revoke at any time. New collection and new queries stop at once; what was lawfully collected, queried or accepted before is not undone.',
    },
  },
];

/** The text in force on a day; days before the first text have none. */
export const textInForce = (today: Day): AuthorisationText | undefined =>
  texts.findLast(({ inForceFrom }) => inForceFrom <= today);

/** What is stored with a signature: proves which words were shown. */
export const textHash = ({ version, zh, en }: AuthorisationText): string =>
  sha256Hex(canonicalJson({ version, zh, en }));
