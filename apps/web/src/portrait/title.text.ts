import { dictionary } from '../frame/dictionary.rules.js';

/** Official titles by their usual Chinese names; what departments call otherwise is shown as they write it. */
export const titleText = dictionary(
  {
    科技型中小企业: '科技型中小企业',
    高新技术企业培育: '高新技术企业培育',
    创新型中小企业: '创新型中小企业',
    高新技术企业: '高新技术企业',
    瞪羚企业: '瞪羚企业',
    专精特新中小企业: '专精特新中小企业',
    专精特新小巨人: '专精特新“小巨人”',
    独角兽培育: '独角兽培育',
    上市企业: '上市企业',
    单项冠军: '制造业单项冠军',
  },
  {
    科技型中小企业: 'Technology SME (科技型中小企业)',
    高新技术企业培育: 'High-tech enterprise in nurture (高新技术企业培育)',
    创新型中小企业: 'Innovative SME (创新型中小企业)',
    高新技术企业: 'High-tech enterprise (高新技术企业)',
    瞪羚企业: 'Gazelle enterprise (瞪羚企业)',
    专精特新中小企业: 'Specialised and sophisticated SME (专精特新中小企业)',
    专精特新小巨人: 'Little giant (专精特新“小巨人”)',
    独角兽培育: 'Unicorn in nurture (独角兽培育)',
    上市企业: 'Listed enterprise (上市企业)',
    单项冠军: 'Manufacturing champion (单项冠军)',
  },
);
