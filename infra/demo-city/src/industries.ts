/** What a firm makes, and how that shows in its name, its books and its meters. */
export interface Industry {
  /** GB/T 4754-2017, section letter and four digits. */
  readonly code: string;
  readonly word: string;
  /** Whether firms of the industry do research as a rule. */
  readonly technology: boolean;
  readonly weight: number;
  /** 万元 of sales a head and year. */
  readonly salesPerHeadWan: number;
  /** Kilowatt hours for 10 000 yuan of sales. */
  readonly powerPerWan: number;
  readonly gas: boolean;
  readonly exporting: number;
  /** What its patents are about. */
  readonly subjects: readonly string[];
}

export const industries: readonly Industry[] = [
  ...manufacturing(),
  made('C2770', '生物医药', 5, { sales: 85, power: 260, gas: true, exporting: 0.25 }, [
    '抗体制备',
    '医用敷料',
    '缓释制剂',
  ]),
  made('C2761', '生物制品', 3, { sales: 95, power: 240, gas: true, exporting: 0.2 }, [
    '基因检测试剂',
    '细胞培养',
    '蛋白纯化',
  ]),
  served('I6513', '软件', 9, ['工业数据采集', '图像识别', '排产优化', '供应链协同']),
  served('I6520', '系统集成', 5, ['边缘计算', '设备联网', '园区能耗监测']),
  served('I6550', '信息技术', 4, ['数据治理', '隐私计算', '知识图谱']),
  served('M7320', '工程技术', 4, ['风洞测试', '材料疲劳分析', '结构仿真']),
  served('M7340', '医学研究', 3, ['药物筛选', '临床样本分析', '动物模型']),
  served('M7452', '检测技术', 3, ['无损检测', '环境采样', '芯片可靠性试验']),
  plain('F5164', '金属材料', 4, 260),
  plain('F5177', '贸易', 6, 220),
  plain('F5292', '家居用品', 3, 90),
  plain('G5430', '物流', 3, 70),
  plain('L7281', '会展服务', 3, 55),
  plain('E4990', '建筑工程', 3, 80),
  plain('H6210', '餐饮管理', 2, 25),
  traditional(made('C1761', '纺织', 4, { sales: 60, power: 620, gas: true, exporting: 0.4 }, ['织造送经', '印染节水'])),
  traditional(
    made('C2927', '塑料制品', 3, { sales: 65, power: 540, gas: false, exporting: 0.3 }, ['注塑模具', '改性塑料']),
  ),
  traditional(
    made('C2319', '包装印刷', 2, { sales: 60, power: 300, gas: false, exporting: 0.1 }, ['模切工艺', '水性油墨']),
  ),
];

interface Books {
  readonly sales: number;
  readonly power: number;
  readonly gas: boolean;
  readonly exporting: number;
}

function manufacturing(): Industry[] {
  const usual = { sales: 75, power: 380, gas: false, exporting: 0.35 };
  return [
    made('C3911', '计算机', 3, { ...usual, exporting: 0.5 }, ['散热模组', '存储控制', '主板测试']),
    made('C3973', '半导体', 6, { ...usual, sales: 90, power: 520, exporting: 0.5 }, [
      '晶圆清洗',
      '封装引线',
      '功率器件',
    ]),
    made('C3982', '电子电路', 5, { ...usual, power: 560, exporting: 0.5 }, ['多层板压合', '电镀液循环', '阻抗检测']),
    made('C3976', '光电子', 5, { ...usual, exporting: 0.45 }, ['激光准直', '光模块耦合', '显示背光']),
    made('C3491', '机器人', 5, usual, ['关节减速', '力矩控制', '视觉抓取']),
    made('C3421', '数控机床', 4, { ...usual, power: 420 }, ['主轴冷却', '刀库换刀', '误差补偿']),
    made('C3525', '模具', 4, { ...usual, sales: 55, power: 460 }, ['热流道', '压铸模具', '快速换模']),
    made('C3484', '精密机械', 7, { ...usual, sales: 60 }, ['零件夹具', '五轴加工', '平面磨削']),
    made('C3569', '专用设备', 5, usual, ['自动点胶', '极片分切', '晶片搬运']),
    made('C3585', '医疗器械', 6, { ...usual, sales: 80, power: 220, exporting: 0.4 }, [
      '导管涂层',
      '骨科植入',
      '内窥成像',
    ]),
    made('C3670', '汽车零部件', 6, { ...usual, sales: 85, power: 450 }, ['制动钳体', '线束压接', '电驱壳体']),
    made('C3831', '线缆', 3, { ...usual, sales: 120, power: 330 }, ['绞线张力', '护套挤出', '屏蔽编织']),
    made('C3841', '锂电', 3, { ...usual, sales: 130, power: 600 }, ['极耳焊接', '电池热管理', '注液']),
    made('C3825', '光伏', 3, { ...usual, sales: 140, power: 480, exporting: 0.5 }, [
      '硅片分选',
      '组件层压',
      '逆变控制',
    ]),
    made('C4016', '仪器仪表', 4, { ...usual, sales: 65, power: 180 }, ['流量标定', '光谱分析', '压力传感']),
    made('C3062', '复合材料', 3, { ...usual, power: 520, gas: true }, ['碳纤维铺层', '树脂灌注', '预浸料']),
    made('C2659', '新材料', 4, { ...usual, sales: 110, power: 500, gas: true }, ['导热硅胶', '高分子薄膜', '纳米粉体']),
    made('C3360', '表面处理', 2, { ...usual, power: 640, gas: true }, ['阳极氧化', '镀层厚度', '废液回收']),
  ];
}

function made(code: string, word: string, weight: number, books: Books, subjects: string[]): Industry {
  const { sales, power, gas, exporting } = books;
  return { code, word, technology: true, weight, salesPerHeadWan: sales, powerPerWan: power, gas, exporting, subjects };
}

/** Of the old trades: its firms do no research to speak of. */
function traditional(industry: Industry): Industry {
  return { ...industry, technology: false };
}

function served(code: string, word: string, weight: number, subjects: string[]): Industry {
  return {
    code,
    word,
    technology: true,
    weight,
    salesPerHeadWan: 45,
    powerPerWan: 40,
    gas: false,
    exporting: 0.08,
    subjects,
  };
}

function plain(code: string, word: string, weight: number, salesPerHeadWan: number): Industry {
  const rest = { powerPerWan: 12, gas: false, exporting: 0.1, subjects: ['货架', '包装盒', '展示架'] };
  return { code, word, technology: false, weight, salesPerHeadWan, ...rest };
}
