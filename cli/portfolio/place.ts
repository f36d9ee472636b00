import type { NumberedCountry } from './fictional-numbers.ts';

type Names = readonly [string, ...string[]];

/** Where invented people live, and what they are called there. */
export interface Place {
  readonly country: NumberedCountry;
  readonly region?: string;
  readonly postalCode?: string;
  readonly timeZone: string;
  readonly areaCode?: string;
  readonly locale: string;
  readonly currency: string;
  /** A usual monthly instalment in the currency's major unit. */
  readonly instalment: number;
  readonly creditor?: string;
  readonly givenNames: Names;
  readonly familyNames: Names;
  /** How many of every hundred people live here. */
  readonly share: number;
}

export const chinese = {
  country: 'CN',
  timeZone: 'Asia/Shanghai',
  locale: 'zh-CN',
  currency: 'CNY',
  instalment: 800,
  creditor: 'demo-bank-cn',
  givenNames: [
    '伟',
    '芳',
    '娜',
    '敏',
    '静',
    '强',
    '磊',
    '洋',
    '艳',
    '勇',
    '军',
    '杰',
    '秀英',
    '丽',
    '涛',
    '明',
  ],
  familyNames: [
    '王',
    '李',
    '张',
    '刘',
    '陈',
    '杨',
    '赵',
    '黄',
    '周',
    '吴',
    '徐',
    '孙',
    '马',
    '朱',
    '胡',
    '郭',
  ],
} as const satisfies Partial<Place>;

export const american = {
  country: 'US',
  locale: 'en',
  currency: 'USD',
  instalment: 85,
  creditor: 'demo-bank-us',
  givenNames: [
    'Olivia',
    'Noah',
    'Emma',
    'Liam',
    'Ava',
    'Mateo',
    'Grace',
    'Elijah',
    'Zoe',
    'Lucas',
    'Maya',
    'Aaron',
  ],
  familyNames: [
    'Carter',
    'Brooks',
    'Nguyen',
    'Rivera',
    'Hughes',
    "O'Brien",
    'Patel',
    'Foster',
    'Kim',
    'Morales',
    'Reed',
  ],
} as const satisfies Partial<Place>;

export const spanish = {
  givenNames: ['Lucía', 'Mateo', 'Sofía', 'Hugo', 'Martina', 'Pablo', 'Carmen', 'Álvaro', 'Elena', 'Diego'],
  familyNames: [
    'García',
    'Fernández',
    'López',
    'Martínez',
    'Núñez',
    'Ibáñez',
    'Torres',
    'Ramírez',
    'Vega',
    'Castro',
  ],
} as const satisfies Partial<Place>;

export const taiwanese = {
  givenNames: ['家豪', '淑芬', '志明', '雅婷', '俊傑', '怡君', '建宏', '美玲', '冠宇', '佳穎'],
  familyNames: ['陳', '林', '黃', '張', '李', '王', '吳', '劉', '蔡', '楊'],
} as const satisfies Partial<Place>;

/** The place of invented cardholders of a bank in Taiwan. */
export const taiwan: Place = {
  ...taiwanese,
  country: 'TW',
  region: 'TPE',
  postalCode: '100',
  timeZone: 'Asia/Taipei',
  locale: 'zh-TW',
  currency: 'TWD',
  instalment: 1_000,
  creditor: 'demo-bank-tw',
  share: 0,
};
