/** Conferences with and without files, broadcasts, and their members. */
const wanted = () => [
  $('called').value,
  $('confnum').value,
  $('confname').value,
  Number($('videotype').value),
];

press('create', () => Client.CreateConf(...wanted(), ...places(), false));
press('createfile', () => Client.CreatePlayFileConf(...wanted(), $('fileid').value, ...places(), false));
press('broadcast', () => Client.CreatePlayFileBroadcast(...wanted(), $('fileid').value, ...places(), false));
press('end', () => Client.FoceEndConf(sessions.value));
press('members', () => Client.GetCallAllMembers(sessions.value));
press('add', () => Client.AddMember(sessions.value, $('number').value));
press('remove', () => Client.DelMember(sessions.value, $('number').value));
press('speak', () => Client.SetMemberSpeak(sessions.value, $('number').value));
press('unspeak', () => Client.SetMemberUnSpeak(sessions.value, $('number').value));
press('hear', () => Client.SetMemberHear(sessions.value, $('number').value));
press('unhear', () => Client.SetMemberUnHear(sessions.value, $('number').value));
press('push', () => Client.SetMemberPush(sessions.value, $('number').value));
press('unpush', () => Client.SetMemberUnPush(sessions.value, $('number').value));
press('play', () => Client.PlayFile(sessions.value, $('fileid').value, Number($('times').value)));
press('playstop', () => Client.PlayFileStop(sessions.value, $('fileid').value));
