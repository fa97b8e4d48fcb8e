/** One call: making and answering it, and everything that can be done in it. */
press('make', () =>
  Client.MakeCall($('called').value, Number($('videotype').value), ...places(), $('screen').value === '1'),
);
press('hold', () => Client.Hold(sessions.value));
press('unhold', () => Client.UnHold(sessions.value));
press('mute', () => Client.Mute(sessions.value));
press('unmute', () => Client.UnMute(sessions.value));
press('muted', () => Client.IsMuted(sessions.value));
press('dtmf', () => Client.SendDTMF($('tone').value, sessions.value));
