/** Shared by the pages with sessions: the list of sessions, where they play, and answering and hanging up. */
const sessions = $('sid');

function know(sid) {
  if ([...sessions.options].some(({value}) => value === sid)) return;
  sessions.add(new Option(sid, sid));
  sessions.value = sid;
}

/** The page's elements, in the order of the functions' arguments. */
const places = () => [$('localvideo'), $('remotevideo'), $('remoteaudio')];

callbacks.onCallCreated = know;
callbacks.onCallReceived = know;
callbacks.onCallHangup = (sid) => [...sessions.options].find(({value}) => value === sid)?.remove();

/** Runs a function when its button is pressed. */
function press(id, run) {
  $(id).addEventListener('click', () => {
    const result = run();
    if (result instanceof Promise) told(result);
    else if (result !== undefined) log(id, String(result));
  });
}

press('hangup', () => Client.Hangup(sessions.value));
if ($('answer')) press('answer', () => Client.Answer(sessions.value, ...places()));
if ($('photo')) {
  press('photo', () => Client.TakePhoto(sessions.value, 'photo.png'));
  press('record', () => Client.MediaRecordStart(sessions.value, 'recording'));
  press('stop', () => Client.MediaRecordStop(sessions.value));
}
