import type {Page, Protocol} from 'puppeteer-core';

/** What a screen reader says of something, and what is in it. */
export interface ReadingNode {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  /** Its states and values, as `checked`, `level 2` or `value 55`. */
  readonly states: readonly string[];
  readonly children: readonly ReadingNode[];
}

type Node = Protocol.Accessibility.AXNode;

/** Roles that say nothing: what is in them is read in their place. */
const SILENT = new Set([
  'generic',
  'none',
  'InlineTextBox',
  'LineBreak',
  'LayoutTable',
  'LayoutTableRow',
  'LayoutTableCell',
]);

/** The properties that a screen reader says if they are not false, or not what a role has anyway. */
const STATES: Readonly<Record<string, (value: unknown) => boolean>> = {
  checked: (value) => value !== 'false',
  pressed: (value) => value !== 'false',
  selected: (value) => value === true,
  expanded: () => true,
  disabled: (value) => value === true,
  required: (value) => value === true,
  invalid: (value) => value !== 'false',
  busy: (value) => value === true,
  modal: (value) => value === true,
  multiselectable: (value) => value === true,
  hasPopup: () => true,
  level: () => true,
  live: (value) => value !== 'off',
  keyshortcuts: (value) => value !== '',
  roledescription: (value) => value !== '',
  valuetext: (value) => value !== '',
};

/** Returns the tree of a page that Chromium gives to screen readers, without what they leave out. */
export async function readingTree(page: Page): Promise<ReadingNode> {
  const session = await page.createCDPSession();
  try {
    const {nodes} = await session.send('Accessibility.getFullAXTree');
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    return read(nodes[0]!, byId)[0]!;
  } finally {
    await session.detach();
  }
}

function read(node: Node, byId: ReadonlyMap<string, Node>): readonly ReadingNode[] {
  const role = textOf(node.role);
  const name = plain(textOf(node.name));
  if (role === 'InlineTextBox') return [];
  const inside = (node.childIds ?? []).flatMap((id) => {
    const child = byId.get(id);
    return child ? read(child, byId) : [];
  });
  if (node.ignored || (SILENT.has(role) && !name)) return joined(inside);
  // A text that is the name of what it is in is said once.
  const children = joined(inside).filter((child) => child.role !== 'StaticText' || child.name !== name);
  const value = plain(textOf(node.value));
  const states = (node.properties ?? []).flatMap(({name, value: {value}}) =>
    STATES[name]?.(value) ? [value === true ? name : `${name} ${String(value)}`] : [],
  );
  return [
    {
      role,
      name,
      description: plain(textOf(node.description)),
      states: [...states, ...(value && value !== name ? [`value ${value}`] : [])],
      children,
    },
  ];
}

/** Joins texts that follow one another: they are read as one. */
function joined(nodes: readonly ReadingNode[]): readonly ReadingNode[] {
  const result: ReadingNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (node.role !== 'StaticText' || last?.role !== 'StaticText') result.push(node);
    else result[result.length - 1] = {...last, name: plain(`${last.name} ${node.name}`)};
  }
  return result.filter(({role, name}) => role !== 'StaticText' || name);
}

const textOf = (value: Protocol.Accessibility.AXValue | undefined): string => String(value?.value ?? '');

const plain = (text: string): string =>
  text
    .replaceAll(/[\u2066-\u2069]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** What changes by itself, and what is written for it. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\b\d{1,2}:\d{2}(:\d{2})?( [AP]M)?/g, '0:00'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [A-Z][a-z]{2} \d{1,2}\b/g, 'Thu, Jan 1'],
  [/\d{1,2}月\d{1,2}日周./g, '1月1日周四'],
  [/\b-?\d{1,3}\.\d{3,}/g, '0.0'],
  [/\b\d+ ?(ms|毫秒)/g, '0 $1'],
];

/** Writes a tree as lines, each indented by its depth; times are written as zero. */
export function writtenTree(root: ReadingNode): string {
  const lines: string[] = [];
  const write = ({role, name, description, states, children}: ReadingNode, depth: number): void => {
    const said = [
      role === 'StaticText' ? '' : role,
      name && (role === 'StaticText' ? name : `“${name}”`),
      states.length ? `[${states.join(', ')}]` : '',
      description && description !== name ? `– ${description}` : '',
    ];
    const line = said.filter(Boolean).join(' ');
    lines.push('  '.repeat(depth) + CHANGING.reduce((text, [from, to]) => text.replaceAll(from, to), line));
    for (const child of children) write(child, depth + 1);
  };
  // The title of a page with an incoming call alternates.
  write({...root, name: ''}, 0);
  return `${lines.join('\n')}\n`;
}

/** Roles of which each needs a name. */
const NAMED = new Set(
  'button checkbox combobox link list listbox menu menuitem region dialog group separator slider spinbutton switch tab tablist tabpanel textbox searchbox tree treegrid grid toolbar meter progressbar complementary form navigation radiogroup img image'.split(
    ' ',
  ),
);

/** Roles by which a user moves through a page: two of one kind have different names. */
const LANDMARKS = new Set(
  'banner complementary contentinfo form main navigation region search dialog group separator tablist toolbar'.split(
    ' ',
  ),
);

/** Roles that repeat for content, such as the lines of a list. */
const REPEATED = new Set(
  'StaticText listitem row treeitem gridcell cell option paragraph term definition time Abbr strong emphasis mark status alert img image'.split(
    ' ',
  ),
);

/** Returns what makes a tree hard to follow: one line for each fault. */
export function faultsOf(root: ReadingNode): readonly string[] {
  const faults: string[] = [];
  const landmarks = new Map<string, string>();
  let level = 0;
  const look = (node: ReadingNode, path: string): void => {
    const {role, name, states, children} = node;
    const here = `${path} > ${role} “${name}”`;
    if (NAMED.has(role) && !name) faults.push(`has no name: ${here}`);
    if (LANDMARKS.has(role) && name) {
      const key = `${role} “${name}”`;
      const first = landmarks.get(key);
      if (first !== undefined) faults.push(`has the name of another one: ${here}; ${first}`);
      landmarks.set(key, here);
    }
    if (role === 'heading') {
      const next = Number(states.find((state) => state.startsWith('level'))?.slice(6));
      if (next > level + 1) faults.push(`leaves out a level of headings: ${here}`);
      level = next;
    }
    const siblings = new Set<string>();
    for (const child of children) {
      const key = `${child.role} “${child.name}”`;
      if (!REPEATED.has(child.role) && siblings.has(key))
        faults.push(`is twice beside itself: ${here} > ${key}`);
      siblings.add(key);
      look(child, here);
    }
    // What is said of something, and again of what is in it.
    for (const [index, child] of children.entries())
      if (index > 0 && child.name && child.name === children[index - 1]!.name)
        faults.push(`is read twice: ${here} > ${child.role} “${child.name}”`);
  };
  look(root, '');
  return faults;
}
