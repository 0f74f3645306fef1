import type { ThemeConfig } from 'antd';

/** Ink, water, brass: text on every ground here has a contrast of at least 4.5. */
export const colour = {
  ink: '#0f2d3a',
  water: '#0b6477',
  brass: '#f2b84b',
  text: '#17262e',
  quiet: '#52646e',
  line: '#dfe6ea',
  ground: '#f3f6f7',
  good: '#1a7040',
  warn: '#8f4a00',
  bad: '#b3261e',
} as const;

/** Series colours of charts, told apart without hue by the table that every chart carries. */
export const series = ['#0b6477', '#d08a1d', '#5b7fa6', '#1a7040', '#9a5b7d', '#6d7a30', '#b3261e', '#52646e'];

export const family = [
  'system-ui',
  '-apple-system',
  "'PingFang SC'",
  "'Microsoft YaHei UI'",
  "'Microsoft YaHei'",
  "'Noto Sans CJK SC'",
  "'Source Han Sans SC'",
  'sans-serif',
].join(', ');

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colour.water,
    colorInfo: colour.water,
    colorLink: colour.water,
    colorSuccess: colour.good,
    colorWarning: colour.warn,
    colorError: colour.bad,
    colorText: colour.text,
    colorTextSecondary: colour.quiet,
    colorTextTertiary: colour.quiet,
    colorTextDescription: colour.quiet,
    colorTextPlaceholder: '#66777f',
    colorBgLayout: colour.ground,
    colorBorder: '#8fa1aa',
    colorBorderSecondary: colour.line,
    borderRadius: 5,
    fontFamily: family,
    fontSize: 14,
    controlHeight: 34,
    wireframe: false,
  },
  components: {
    Layout: { siderBg: colour.ink, headerBg: '#ffffff', headerHeight: 52, headerPadding: '0 20px' },
    Segmented: { trackBg: '#dde6ea', itemColor: colour.quiet },
    Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px' },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
  },
};
