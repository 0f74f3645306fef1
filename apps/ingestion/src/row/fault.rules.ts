export type FaultKind = 'QUARANTINED' | 'REFUSED';

interface FaultText {
  kind: FaultKind;
  zh: string;
  en: string;
}

const refused = (zh: string, en: string): FaultText => ({ kind: 'REFUSED', zh, en });
const mendable = (zh: string, en: string): FaultText => ({ kind: 'QUARANTINED', zh, en });

/** Every reason for which a row is set aside. Refused: it can never become a record; the others can be mended. */
export const faultTexts = {
  LINE_UNREADABLE: refused('该行无法读取：引号或 JSON 不完整', 'the line cannot be read: broken quotes or broken JSON'),
  LINE_COLUMNS: refused('列数与表头不符', 'the number of columns differs from the header'),
  LINE_TOO_LONG: refused('该行过长', 'the line is longer than any record may be'),
  LINE_WIDTH: refused('该行长度与定长格式不符', 'the line is longer or shorter than its fixed width'),
  CELL_ERROR: mendable(
    '单元格是错误值（如 #N/A），请改正后重新保存',
    'the cell holds an error such as #N/A: mend it and save again',
  ),
  CELL_NO_VALUE: mendable(
    '公式没有保存计算结果，请在表格软件中打开并保存后再报送',
    'the formula has no saved result: open the workbook, save it and deliver it again',
  ),
  CELL_DIGITS_LOST: mendable(
    '该数字超过 15 位，表格软件已丢失末位；请把该列设为文本格式',
    'the number has more than 15 digits, of which a workbook has lost some: format the column as text',
  ),
  CELL_TWICE: mendable('同一字段在一行中出现两次', 'a field comes twice in one row'),
  USCC_LENGTH: refused('统一社会信用代码不是 18 位', 'the unified social credit code has not 18 characters'),
  USCC_ALPHABET: refused(
    '统一社会信用代码含有不允许的字符',
    'the unified social credit code holds a character that it may not',
  ),
  USCC_DIVISION: refused(
    '统一社会信用代码第 3 至 8 位不是数字',
    'characters 3 to 8 of the unified social credit code are not digits',
  ),
  USCC_CHECK_DIGIT: mendable(
    '统一社会信用代码校验位错误',
    'the check character of the unified social credit code is wrong',
  ),
  USCC_MISSING: mendable(
    '统一社会信用代码为空，且没有对应的户号映射',
    'no unified social credit code, and no mapping of the account',
  ),
  USCC_UNRESOLVED: mendable(
    '统一社会信用代码为空，按名称等信息尚未确定企业，等待人工确认',
    'no unified social credit code; whom the row means is not certain yet and waits for a person',
  ),
  KEY_MISSING: mendable('记录主键为空', 'the record key is empty'),
  KEY_INVALID: mendable('记录主键过长或含有控制字符', 'the record key is too long or holds control characters'),
  OP_UNKNOWN: mendable('操作类型应为 I、U 或 D', 'the operation must be I, U or D'),
  DATE_INVALID: mendable('不是有效日期（YYYY-MM-DD 或 YYYYMMDD）', 'not a real day written YYYY-MM-DD or YYYYMMDD'),
  EVENT_AFTER_REPORT: mendable('业务日期晚于报送日期', 'the event date is after the report date'),
  REPORT_AFTER_TODAY: mendable('报送日期晚于今天', 'the report date is after today'),
  FIELD_REQUIRED: mendable('必填项为空', 'a required field is empty'),
  FIELD_UNKNOWN: mendable('数据契约中没有该字段', 'the contract has no such field'),
  TEXT_TOO_LONG: mendable('内容过长', 'the text is too long'),
  TEXT_CONTROL: mendable('含有控制字符', 'holds control characters'),
  TEXT_PATTERN: mendable('格式不符合数据契约', 'does not have the form that the contract asks for'),
  CODE_UNKNOWN: mendable('不在代码表中', 'is not in the code list'),
  CODE_NOT_IN_FORCE: mendable('不在业务日期当日有效的代码表中', 'is not in the code list in force on the event date'),
  NUMBER_INVALID: mendable('不是有效数字', 'not a number as the contract asks for'),
  NUMBER_RANGE: mendable('数值超出允许范围', 'the number is out of bounds'),
  MONEY_FORMAT: mendable('不是有效金额', 'not an amount'),
  MONEY_NEGATIVE: mendable('金额不应为负', 'the amount may not be negative'),
  MONEY_SEPARATOR: mendable('金额不应含千分位分隔符', 'an amount has no thousands separators'),
  MONEY_TOO_FINE: mendable('金额精度超过一分', 'the amount is finer than one fen'),
  MONEY_TOO_LARGE: mendable('金额过大', 'the amount is too large'),
  MONTH_INVALID: mendable('不是有效月份（YYYY-MM）', 'not a month written YYYY-MM'),
  YEAR_INVALID: mendable('不是有效年度', 'not a year'),
  PERIOD_IN_FUTURE: mendable('所属期晚于今天', 'the period has not begun yet'),
  WITHDRAWS_UNKNOWN: mendable('撤回的记录不存在', 'withdraws a record that is not known'),
  RETENTION_OVER: refused(
    '保存期限已过：该记录已依规删除或归档，重放不会恢复',
    'its time of keeping is over: a replay does not bring back what was deleted or archived',
  ),
} satisfies Record<string, FaultText>;

export type FaultCode = keyof typeof faultTexts;

/** What is wrong with one field of a row; the pointer is `/` and the field's name, or empty for the whole line. */
export interface Fault {
  code: FaultCode;
  pointer: string;
}

/** The fault that decides: what can never be mended goes before what can. */
export const leadingFault = (faults: readonly Fault[]): Fault =>
  faults.find(({ code }) => faultTexts[code].kind === 'REFUSED') ?? faults[0]!;
