/** Lists the events of the option `telemetry`; a real page posts them to a collector, as `telemetry.js` does. */

const list = document.querySelector('#events');
/** How many events are listed. */
const MOST = 100;

const rounded = (value) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value);

/** What an event says in one line, besides its name. */
function valueOf({signal, value, unit, startTime, endTime, status, severity}) {
  if (signal === 'metric') return `${rounded(value)}${unit === '1' ? '' : ` ${unit}`}`;
  if (signal === 'span')
    return `${rounded((endTime - startTime) / 1000)} s${status === 'error' ? ', error' : ''}`;
  return severity;
}

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  element.dir = 'ltr';
  return element;
}

function show(event) {
  const item = document.createElement('li');
  const attributes = Object.entries(event.attributes).map(([name, value]) => `${name}=${rounded(value)}`);
  item.append(line('code', `${event.name}  ${valueOf(event)}`), line('code', attributes.join(' ')));
  list.prepend(item);
  if (list.children.length > MOST) list.lastElementChild.remove();
  list.hidden = false;
  document.querySelector('#none').hidden = true;
}

await customElements.whenDefined('sip-client');
const client = document.querySelector('sip-client');
client.options = {...client.options, telemetry: {onEvent: show, interval: 5}};
client.autoconnect = true;
