// The page's own words in both languages, and how numbers read in them.
const WORDS = {
  zh: {
    search: '查找名称', searchHint: '查找：以色列、Israel、IL …', hits: '查找结果', language: '语言 Language',
    fit: '全图', png: '存为图片', filter: '按类别筛选', stage: '关系图', panel: '资料',
    nearer: '放大', farther: '缩小', nothing: '没有找到', back: '← 总览',
    key: '点越大、线越粗，涉及的指南方向越多。', intro: '点一个点，看它的资料；点一条线，读写明这一关系的原文。',
    canvas: '关系图，可用方向键移动、+ − 缩放；全部内容也列在旁边的资料栏。',
    nodes: '节点', edges: '关系', directions: '指南方向', calls: '指南', links: '关系', code: '代码',
    stated: '写明的经费上限', money: '方向经费上限合计', together: '与之相连', basis: '依据的原文', all: '所涉方向',
    noQuote: '这一关系由文件结构得出，没有单独的引文。', chars: '第 {0}–{1} 字', more: '显示其余 {0} 条',
    found: '{0} 条结果', unprinted: '未写明', moneyNote: '每个方向的经费全额计入，多方合作不分摊。',
    other: '原文还写道',
  },
  en: {
    search: 'Find a name', searchHint: 'Find: 以色列, Israel, IL …', hits: 'Results', language: '语言 Language',
    fit: 'Show all', png: 'Save picture', filter: 'Filter by class', stage: 'Network', panel: 'Details',
    nearer: 'Zoom in', farther: 'Zoom out', nothing: 'Nothing found', back: '← Overview',
    key: 'Larger dots and thicker lines: more directions.', intro: 'Click a node for its card; click a line to read the sentences that say so.',
    canvas: 'Network; move with the arrow keys, zoom with + and −. All of it is listed in the details as well.',
    nodes: 'nodes', edges: 'links', directions: 'directions', calls: 'calls', links: 'links', code: 'code',
    stated: 'stated budget, at most', money: 'directions’ budgets, at most', together: 'Linked with', basis: 'The sentences behind it', all: 'Directions',
    noQuote: 'This link follows from the structure of the document; it has no quote of its own.', chars: 'characters {0}–{1}', more: 'Show {0} more',
    found: '{0} results', unprinted: 'not printed', moneyNote: 'Each direction counts in full; money of joint directions is not split.',
    other: 'Elsewhere in the text',
  },
};
let language = 'zh';

function word(key, ...values) {
  return values.reduce((text, value, place) => text.replace(`{${place}}`, value), WORDS[language][key]);
}

function money(yuan) {
  if (yuan === null || yuan === undefined) return word('unprinted');
  const trim = (value) => String(Number(value.toFixed(2)));
  if (language === 'en') {
    if (yuan >= 1e9) return `CNY ${trim(yuan / 1e9)} bn`;
    return yuan >= 1e6 ? `CNY ${trim(yuan / 1e6)} m` : `CNY ${yuan.toLocaleString('en')}`;
  }
  if (yuan >= 1e8) return `${trim(yuan / 1e8)} 亿元`;
  return yuan >= 1e4 ? `${trim(yuan / 1e4)} 万元` : `${yuan} 元`;
}
