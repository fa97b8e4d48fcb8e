/** The waiting room in the frame: calls the consultant, again and again while the visitor waits. */
import {shareWithHost} from '/frame-phone.js'; // with a bundler: 'sip-elements/frame-phone'

const CONSULTANT = '1001';
/** How long the room waits after a call without an answer, in milliseconds. */
const AGAIN_MS = 1000;

const client = document.querySelector('sip-client');
const [enter, leave, wait] = ['#enter', '#leave', '#wait'].map((each) => document.querySelector(each));
/** Set while the visitor waits; aborts the call that is being placed. */
let waiting;
let timer;

// Which pages may have this room in a frame and see the state of its call; here this origin alone.
shareWithHost(client, {origins: [location.origin]});

function show() {
  enter.hidden = !!waiting || client.calls.length > 0;
  leave.hidden = wait.hidden = !waiting;
  document.body.classList.toggle('talking', !waiting && client.calls.length > 0);
}

function start() {
  waiting = new AbortController();
  void ring();
  show();
}

function stop() {
  waiting?.abort();
  waiting = undefined;
  clearTimeout(timer);
  show();
}

async function ring() {
  try {
    await client.call(CONSULTANT, {media: 'video', signal: waiting.signal});
  } catch {
    ringAgain(); // the consultant is offline
  }
}

function ringAgain() {
  clearTimeout(timer);
  if (waiting) timer = setTimeout(ring, AGAIN_MS);
}

enter.onclick = start;
leave.onclick = () => {
  stop();
  void client.calls[0]?.hangup();
};
client.addEventListener('sip-call-created', show);
client.addEventListener('sip-call-answered', stop);
client.addEventListener('sip-call-hangup', ({detail: {cause}}) => {
  if (cause.code === 'declined') stop();
  else ringAgain(); // servers end a call without an answer, often after 30 seconds
  show();
});
