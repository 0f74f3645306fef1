/** County-level places of Suzhou (GB/T 2260) as the city's firms are spread over them. */
export interface District {
  readonly code: string;
  readonly name: string;
  /** How firms of the place begin their names. */
  readonly prefixes: readonly string[];
  readonly roads: readonly string[];
  readonly weight: number;
}

/**
 * The industrial park has no code of its own in GB/T 2260: its firms carry 320500, so the whole city's code is no rest
 * category but one of the largest places for technology.
 */
export const districts: readonly District[] = [
  place('320500', '苏州市', ['苏州', '苏州工业园区'], ['星湖街', '独墅湖大道', '金鸡湖大道', '仁爱路', '东平街'], 20),
  place('320505', '虎丘区', ['苏州高新区', '苏州'], ['科技城青山路', '狮山路', '鹿山路', '泰山路'], 13),
  place('320506', '吴中区', ['苏州吴中', '苏州'], ['吴中大道', '越溪街道', '东吴北路', '胥江路'], 9),
  place('320507', '相城区', ['苏州相城', '苏州'], ['高铁新城南天成路', '阳澄湖大道', '澄阳路'], 8),
  place('320508', '姑苏区', ['苏州'], ['人民路', '平泷路', '桐泾北路', '金储街'], 5),
  place('320509', '吴江区', ['苏州吴江', '吴江'], ['开平路', '江兴东路', '盛泽镇西环路', '长安路'], 11),
  place('320581', '常熟市', ['常熟', '苏州常熟'], ['东南大道', '深圳路', '虞山街道珠江路'], 8),
  place('320582', '张家港市', ['张家港'], ['杨舍镇长兴路', '锦丰镇', '国泰北路'], 7),
  place('320583', '昆山市', ['昆山'], ['前进东路', '祖冲之南路', '玉山镇城北路', '花桥镇兆丰路', '章基路'], 14),
  place('320585', '太仓市', ['太仓'], ['北京东路', '陆渡街道', '常胜南路'], 5),
];

function place(code: string, name: string, prefixes: string[], roads: string[], weight: number): District {
  return { code, name, prefixes, roads, weight };
}
