import { dictionary } from '../frame/dictionary.rules.js';

/** Acts on a case that lead to no other state: said by themselves. */
export const timelineText = dictionary(
  {
    TRANSFERRED: '移交给同事',
    REMINDED: '已提醒时限将到',
    RATED: '企业作出评价',
    ATTACHED: '上传附件',
    PAUSED: '暂停计时',
    RESUMED: '恢复计时',
    EVIDENCE: '补充联系凭证',
    VISIT_PLANNED: '约定走访',
    VISIT_HELD: '已走访',
    VISIT_CANCELLED: '取消走访',
    COMPLAINT_OPEN: '企业提出投诉',
    COMPLAINT_ANSWERED: '已答复投诉',
    COMPLAINT_CLOSED: '投诉已办结',
  },
  {
    TRANSFERRED: 'Handed over to a colleague',
    REMINDED: 'Reminded of the deadline',
    RATED: 'Rated by the enterprise',
    ATTACHED: 'File added',
    PAUSED: 'Clock paused',
    RESUMED: 'Clock resumed',
    EVIDENCE: 'Evidence of contact added',
    VISIT_PLANNED: 'Visit planned',
    VISIT_HELD: 'Visited',
    VISIT_CANCELLED: 'Visit called off',
    COMPLAINT_OPEN: 'The enterprise complained',
    COMPLAINT_ANSWERED: 'Complaint answered',
    COMPLAINT_CLOSED: 'Complaint closed',
  },
);
