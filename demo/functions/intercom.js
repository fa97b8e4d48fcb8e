/** Push to talk: requesting the floor of a group, and giving it back. */
press('apply', () => Client.ApplySpeak($('group').value, $('remoteaudio')));
press('release', () => Client.ReleaseSpeak($('group').value, $('remoteaudio')));
press('create', () => Client.CreateTmpIntercom($('called').value, '', $('confname').value, $('remoteaudio')));
