/** The documented functions beside elements, which take their client by `<sip-client functions>`. */
const wanted = () => Number($('videotype').value);

press('make', () => Client.MakeCall($('called').value, wanted(), ...places()));
press('create', () => Client.CreateConf($('called').value, '', '', wanted(), ...places()));
press('hold', () => Client.Hold(sessions.value));
press('unhold', () => Client.UnHold(sessions.value));
press('mute', () => Client.Mute(sessions.value));
press('unmute', () => Client.UnMute(sessions.value));
