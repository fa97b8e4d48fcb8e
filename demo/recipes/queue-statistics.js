/** What happens in the queue since the page was opened. */
const client = document.querySelector('#agent-phone');
const now = () => performance.now() / 1000;

/** Since when each call has waited, in seconds. */
const waiting = new Map();
const waits = [];
const talks = [];
let lost = 0;

client.addEventListener('sip-call-received', ({detail: {call}}) => waiting.set(call, now()));
client.addEventListener('sip-call-answered', ({detail: {call}}) => {
  if (waiting.has(call)) waits.push(now() - waiting.get(call));
  waiting.delete(call);
});
client.addEventListener('sip-call-hangup', ({detail: {call, cause}}) => {
  if (waiting.delete(call)) lost += cause.code === 'answered-elsewhere' ? 0 : 1;
  else if (call.direction === 'incoming') talks.push(call.duration / 1000);
});

const average = (numbers) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

function draw() {
  const {lang} = document.documentElement;
  const count = (number) => number.toLocaleString(lang);
  const seconds = (number) =>
    number.toLocaleString(lang, {
      style: 'unit',
      unit: 'second',
      unitDisplay: 'narrow',
      maximumFractionDigits: 1,
    });
  const share = (number) => number.toLocaleString(lang, {style: 'percent', maximumFractionDigits: 0});
  const all = waits.length + lost;
  const figures = {
    waiting: count(waiting.size),
    longest: waiting.size && seconds(now() - Math.min(...waiting.values())),
    answered: count(waits.length),
    lost: count(lost),
    wait: waits.length && seconds(average(waits)),
    level: all && share(waits.filter((wait) => wait <= 20).length / all),
    talk: talks.length && seconds(average(talks)),
  };
  for (const [name, text] of Object.entries(figures))
    document.querySelector(`[data-of=${name}]`).textContent = text || '–';
}

draw();
setInterval(draw, 1000);
for (const type of ['sip-call-received', 'sip-call-answered', 'sip-call-hangup'])
  client.addEventListener(type, draw);
