import { dictionary } from '../frame/dictionary.rules.js';

/** What a refusal means and what to do next, by the code of the problem. A code without words here shows its own detail. */
export const problemsText = dictionary(
  {
    'MARKETPLACE.NEED_FULL': '这条需求的名额已抢完。可回到大厅看其他线索；有银行释放名额时它会重新出现。',
    'MARKETPLACE.ALREADY_GRABBED':
      '贵机构已抢过这条需求，每家机构只能占一个名额。请在“我的客户”中查看是哪位同事在跟进。',
    'MARKETPLACE.AMOUNT_EXHAUSTED': '各家意向金额合计已到上限。请调低意向金额再试。',
    'MARKETPLACE.INSTITUTION_LIMIT': '贵机构跟进中的客户已到上限。请先完成或释放一部分。',
    'MARKETPLACE.MANAGER_LIMIT': '您跟进中的客户已到上限。请先在“我的客户”中完成或释放一部分。',
    'MARKETPLACE.NEED_CLOSED': '这条需求已结束，不能再抢。',
  },
  {
    'MARKETPLACE.NEED_FULL':
      'All places of this need are taken. Look at other leads; it comes back when a bank releases a place.',
    'MARKETPLACE.ALREADY_GRABBED':
      'Your institution took this need before; one place per institution. See "My cases" for who follows it up.',
    'MARKETPLACE.AMOUNT_EXHAUSTED': 'The intended amounts have reached their limit. Try again with a smaller amount.',
    'MARKETPLACE.INSTITUTION_LIMIT':
      'Your institution holds as many open cases as it may. Finish or release some of them first.',
    'MARKETPLACE.MANAGER_LIMIT': 'You hold as many open cases as you may. Finish or release some in "My cases" first.',
    'MARKETPLACE.NEED_CLOSED': 'This need is closed and can no longer be taken.',
  },
);
