/** Groups, people, positions and files; replies and events arrive in the log. */
let upload;
const press = (id, run) => $(id).addEventListener('click', run);

press('groups', () => Client.GetGroupTree());
press('members', () => Client.GetGroupMember($('group').value));
press('query', () => Client.QueryEmps($('text').value));
press('cameras', () => Client.QueryEmpsByType(7));
press('where', () => Client.GetEmpsGisInfo($('emps').value));
press('trace', () => Client.SetGisTrace($('emps').value));
press('untrace', () => Client.SetGisUnTrace($('emps').value));
press('upload', () => {
  const [file] = $('file').files;
  if (file) upload = Client.httpUploadStart(file.name, AllEnum.FileType.FileTypeText, file);
});
press('abort', () => Client.httpUploadStop(upload));
