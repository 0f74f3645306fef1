import { dictionary } from '../frame/dictionary.rules.js';

export const outreachText = dictionary(
  {
    'question.bank': '部门请我行对接哪些企业，走到哪一步了？',
    'question.office': '想扶持的企业，银行对接了没有？',
    'tab.listings': '定向榜单',
    'tab.takeUps': '我行揭榜',
    'tab.targets': '首贷走访',
    'tab.campaigns': '首贷行动',
    'tab.programmes': '公共产品计划',
  },
  {
    'question.bank': 'Which enterprises do departments ask us to see, and how far are we?',
    'question.office': 'Do banks see to the enterprises that we want served?',
    'tab.listings': 'Directed lists',
    'tab.takeUps': 'Our take-ups',
    'tab.targets': 'First-loan visits',
    'tab.campaigns': 'First-loan campaigns',
    'tab.programmes': 'Public programmes',
  },
);
