/** Records each call, and uploads the recordings that the browser keeps. */
const client = document.querySelector('#agent-phone');
const [list, status] = ['.list', '[role=status]'].map((each) => document.querySelector(each));

client.addEventListener('sip-call-answered', async ({detail: {call}}) => {
  try {
    await call.startRecording({name: '{time}-{number}'});
  } catch (error) {
    status.textContent = error.message;
  }
});

client.addEventListener('sip-recording', (event) => {
  event.preventDefault(); // no download
  const {id, blob, name} = event.detail;
  void report(id ? sendKept() : send(blob, name)); // in a private window the browser keeps nothing
});

// Those of earlier pages, whose upload has failed, or which were closed during a call.
client.addEventListener('sip-registration', ({detail: {state}}) => {
  if (state === 'registered') void report(sendKept());
});

/** Sends one after the other, in one tab. A recording is deleted once the server has it. */
function sendKept() {
  return navigator.locks.request('upload-recordings', async () => {
    for (const {id, state} of await client.recordings.list()) {
      if (state === 'recording') continue;
      const file = await client.recordings.get(id);
      await send(file, file.name);
      await client.recordings.delete(id);
    }
  });
}

/** Resolves once the server has the file; `upload()` itself tries several times. */
async function send(file, name) {
  const {ok, status, response} = await client.upload(file, {name});
  if (!ok) throw new Error(`The server answered ${status}.`);
  const href = `/uploads/${JSON.parse(response).fileid}`;
  const item = document.createElement('li');
  item.append(Object.assign(document.createElement('a'), {href, textContent: name, target: '_blank'}));
  list.prepend(item);
}

async function report(task) {
  status.textContent = '';
  try {
    await task;
  } catch (error) {
    status.textContent = error.message;
  }
}
