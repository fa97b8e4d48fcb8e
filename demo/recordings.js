/** The page's own list of the recordings that this browser keeps, based on `recordings` of a `<sip-client>`. */
const section = document.querySelector('.recordings');
const [list, status] = [section.querySelector('ul'), section.querySelector('[role=status]')];
await customElements.whenDefined('sip-client');
const {recordings} = document.getElementById(section.dataset.of);

const TEXTS = {
  en: {
    none: 'No recordings yet. Make a call and press “Start recording”.',
    call: (name) => `Call with ${name}`,
    recording: 'being recorded',
    interrupted: 'interrupted',
    download: 'Download',
    delete: 'Delete',
    sure: 'Delete this recording?',
    keep: 'Keep',
    deleted: 'Deleted.',
  },
  zh: {
    none: '暂无录音录像。请呼叫对方，然后按录制按钮。',
    call: (name) => `与 ${name} 的通话`,
    recording: '正在录制',
    interrupted: '已中断',
    download: '下载',
    delete: '删除',
    sure: '确定永久删除吗？',
    keep: '保留',
    deleted: '已删除。',
  },
  ar: {
    none: 'لا توجد تسجيلات بعد. اتصل واضغط على زر التسجيل.',
    call: (name) => `مكالمة مع \u2068${name}\u2069`,
    recording: 'قيد التسجيل',
    interrupted: 'انقطع',
    download: 'تنزيل',
    delete: 'حذف',
    sure: 'هل تريد حذفه نهائيًا؟',
    keep: 'إبقاء',
    deleted: 'تم الحذف.',
  },
};

/** The recording that the user is asked to confirm deleting. */
let asked;
/** How many times drawing has started: an outdated list is not drawn. */
let drawings = 0;

function make(tag, attributes, ...inside) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...inside);
  return element;
}

function lengthText(seconds) {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
  const parts = minutes < 60 ? [minutes] : [Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0')];
  return [...parts, String(rest).padStart(2, '0')].join(':');
}

function sizeText(bytes, language) {
  const [unit, size] = bytes < 1e6 ? ['kilobyte', bytes / 1e3] : ['megabyte', bytes / 1e6];
  return new Intl.NumberFormat(language, {style: 'unit', unit, maximumFractionDigits: 1}).format(size);
}

/** Creates a button that is found again after the list was redrawn. */
function button(id, act, text, name, onclick) {
  const made = make('button', {type: 'button', onclick, ariaLabel: `${text}: ${name}`}, text);
  Object.assign(made.dataset, {act, key: `${id} ${act}`});
  return made;
}

function row({id, name, remote, time, duration, size, state}, language) {
  const texts = TEXTS[language.slice(0, 2)];
  const title = texts.call(remote.name ? `${remote.name} (${remote.number})` : remote.number);
  const began = new Date(time).toLocaleString(language, {dateStyle: 'medium', timeStyle: 'short'});
  const facts = [name, began, lengthText(duration), sizeText(size, language), texts[state]];
  const acts = [];
  if (asked === id)
    acts.push(
      make('span', {}, texts.sure),
      button(id, 'sure', texts.delete, title, () => remove(id)),
      button(id, 'keep', texts.keep, title, () => ask(undefined, `${id} delete`)),
    );
  else if (state !== 'recording')
    acts.push(
      button(id, 'download', texts.download, title, () => download(id)),
      button(id, 'delete', texts.delete, title, () => ask(id, `${id} keep`)),
    );
  return make(
    'li',
    {},
    make(
      'div',
      {className: 'what'},
      make('strong', {}, title),
      make('span', {className: 'note'}, facts.filter(Boolean).join(' · ')),
    ),
    make('div', {className: 'acts'}, ...acts),
  );
}

/** Draws the list and restores the focus. */
async function draw(focused = document.activeElement?.dataset.key) {
  const {lang} = document.documentElement;
  const drawing = (drawings += 1);
  const kept = await recordings.list();
  if (drawing !== drawings) return;
  const rows = kept.map((each) => row(each, lang));
  list.replaceChildren(
    ...(rows.length ? rows : [make('li', {className: 'note'}, TEXTS[lang.slice(0, 2)].none)]),
  );
  if (!focused) return;
  const again = [...list.querySelectorAll('button')].find(({dataset}) => dataset.key === focused);
  (again ?? list).focus();
}

function ask(id, focused) {
  asked = id;
  void draw(focused);
}

/** Runs a task; a failure is shown in the browser's or the package's words. */
async function tell(task) {
  status.textContent = '';
  try {
    await task();
  } catch (error) {
    status.textContent = error.message;
  }
}

function download(id) {
  return tell(async () => {
    const file = await recordings.get(id);
    const href = URL.createObjectURL(file);
    make('a', {href, download: file.name}).click();
    // The browser has begun to read the file by then.
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  });
}

function remove(id) {
  return tell(async () => {
    asked = undefined;
    await recordings.delete(id);
    status.textContent = TEXTS[document.documentElement.lang.slice(0, 2)].deleted;
  });
}

recordings.addEventListener('change', () => void draw());
// Other pages record as well.
document.addEventListener('visibilitychange', () => void draw());
new MutationObserver(() => void draw()).observe(document.documentElement, {attributeFilter: ['lang']});
void draw();
