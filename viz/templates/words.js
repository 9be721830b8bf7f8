// The page's own words in both languages, and how numbers read in them.
const WORDS = {
  zh: {
    search: '查找名称', searchHint: '查找：以色列、Israel、IL …', hits: '查找结果', language: '语言 Language',
    fit: '全图', png: '存为 PNG', svg: '存为 SVG', asTable: '列表', filter: '按类别筛选', stage: '关系图', panel: '资料',
    nearer: '放大', farther: '缩小', nothing: '没有找到', back: '← 总览',
    key: '点越大、线越粗，权重越大。双击一个点，只看与它相连的部分。', intro: '点一个点，看它的资料；点一条线，读写明这一关系的原文。',
    canvas: '关系图，可用方向键移动、+ − 缩放；全部内容也列在旁边的资料栏。',
    nodes: '节点', edges: '关系', directions: '指南方向', calls: '指南', links: '关系', code: '代码',
    stated: '写明的经费上限', money: '方向经费上限合计', together: '与之相连', basis: '依据的原文', all: '所涉方向',
    noQuote: '这一关系由文件结构得出，没有单独的引文。', chars: '第 {0}–{1} 字', more: '显示其余 {0} 条',
    found: '{0} 条结果', unprinted: '未写明', moneyNote: '每个方向的经费全额计入，多方合作不分摊。',
    other: '原文还写道',
    moving: '关系图：方向键移动，+ − 缩放', tools: '筛选与显示', weight: '权重', size: '大小', colour: '颜色', from: '指南年份', to: '至',
    least: '连线权重', any: '不限', undated: '年份未写明', byWeight: '按权重', noneLeft: '没有符合筛选条件的内容。',
    near: '只显示与“{0}”相连的部分', allAgain: '显示全部', alone: '只看相连的部分', hide: '隐藏此节点（Delete）', hidden: '已隐藏：{0}', gone: '已隐藏 {0} 个节点', bringBack: '恢复', allBack: '全部恢复',
    column_name: '名称', column_class: '类别', column_directions: '指南方向', column_money: '经费上限', column_degree: '相连节点',
    column_betweenness: '中介度', column_community: '群组', table: '节点列表',
    tableNote: '相连节点：与多少个节点相连。中介度：多少条最短路径经过它（0–1）。群组：Louvain 方法划分的紧密部分。',
    communityNote: '群组：相互之间连线较多的部分（Louvain 方法）。',
  },
  en: {
    search: 'Find a name', searchHint: 'Find: 以色列, Israel, IL …', hits: 'Results', language: '语言 Language',
    fit: 'Show all', png: 'Save PNG', svg: 'Save SVG', asTable: 'Table', filter: 'Filter by class', stage: 'Network', panel: 'Details',
    nearer: 'Zoom in', farther: 'Zoom out', nothing: 'Nothing found', back: '← Overview',
    key: 'Larger dots, thicker lines: more weight. Double-click a node for its neighbourhood.', intro: 'Click a node for its card; click a line to read the sentences that say so.',
    canvas: 'Network; move with the arrow keys, zoom with + and −. All of it is listed in the details as well.',
    nodes: 'nodes', edges: 'links', directions: 'directions', calls: 'calls', links: 'links', code: 'code',
    stated: 'stated budget, at most', money: 'directions’ budgets, at most', together: 'Linked with', basis: 'The sentences behind it', all: 'Directions',
    noQuote: 'This link follows from the structure of the document; it has no quote of its own.', chars: 'characters {0}–{1}', more: 'Show {0} more',
    found: '{0} results', unprinted: 'not printed', moneyNote: 'Each direction counts in full; money of joint directions is not split.',
    other: 'Elsewhere in the text',
    moving: 'Network: move with the arrow keys, zoom with + and −', tools: 'Filters and display', weight: 'Weight', size: 'Size', colour: 'Colour', from: 'Calls of', to: 'to',
    least: 'Lines', any: 'all', undated: 'year not stated', byWeight: 'by weight', noneLeft: 'Nothing passes the filters.',
    near: 'Only what is linked with “{0}”', allAgain: 'Show everything', alone: 'Show its neighbourhood only', hide: 'Hide this node (Delete)', hidden: 'Hidden: {0}', gone: '{0} hidden', bringBack: 'bring back', allBack: 'Bring all back',
    column_name: 'Name', column_class: 'Class', column_directions: 'Directions', column_money: 'Budget, at most', column_degree: 'Neighbours',
    column_betweenness: 'Betweenness', column_community: 'Community', table: 'Nodes',
    tableNote: 'Neighbours: how many nodes it is linked with. Betweenness: the share of shortest paths that pass through it (0–1). Community: closely linked part, by Louvain’s method.',
    communityNote: 'Communities: parts with many links among themselves (Louvain’s method).',
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
